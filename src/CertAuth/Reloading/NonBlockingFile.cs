using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CertAuth.Reloading;

/// <summary>Opens files for reading without blocking.</summary>
/// <remarks>The system call that opens a FIFO blocks until another process opens the FIFO for writing. The call cannot be canceled, and the
/// base library has no option for O_NONBLOCK. A FIFO that is renamed into place after a check could therefore block the thread
/// forever.</remarks>
internal static class NonBlockingFile
{
    // ENOENT, EINTR and ENOTDIR of errno.h; the values are the same on Linux and macOS.
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int NotADirectory = 20;

    // O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC of fcntl.h; the values differ between Linux and macOS.
    private const int LinuxFlags = 0x100 | 0x800 | 0x80000;
    private const int MacFlags = 0x20000 | 0x4 | 0x1000000;

    /// <summary>Opens a file. Other programs may write, rename or delete it while it is open.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist on Linux or macOS.</exception>
    /// <exception cref="IOException">The file does not exist on other systems, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied on other systems.</exception>
    internal static SafeFileHandle Open(string path) => OperatingSystem.IsLinux() ? Open(path, LinuxFlags)
        : OperatingSystem.IsMacOS() ? Open(path, MacFlags)
        : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static SafeFileHandle Open(string path, int flags)
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        while (true)
        {
            int descriptor = OpenDescriptor(name, flags);
            if (descriptor >= 0)
                return new(descriptor, ownsHandle: true);

            int error = Marshal.GetLastPInvokeError();
            if (error is NoEntry or NotADirectory)
                throw new FileNotFoundException(null, path);
            if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenDescriptor(byte[] path, int flags);
}
