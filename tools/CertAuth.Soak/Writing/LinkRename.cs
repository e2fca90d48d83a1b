using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CertAuth.Soak.Writing;

/// <summary>Calls rename(2), because <c>File.Move</c> does not move a link to a folder.</summary>
internal static partial class LinkRename
{
    internal static void Replace(string from, string to)
    {
        if (RenameFile(from, to) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);
}
