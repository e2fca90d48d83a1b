using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Files that appear whole or not at all: written under another name of the folder, then renamed.</summary>
internal static class NewFile
{
    private const string DeviceFolder = "/dev";

    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EverybodyReads = OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadersAndWriters = EverybodyReads | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a file; what stood there under the name is replaced by a rename, or stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its text, as UTF-8.</param>
    /// <param name="readers">Who may read it, from its first moment on. A replaced file keeps its mode, unless only its owner may read
    /// it.</param>
    /// <param name="ifPresent">What becomes of a file of that name.</param>
    /// <exception cref="MistakeException">There is one and it stays, or the file can't be written.</exception>
    internal static void Write(string path, string content, Readers readers, IfPresent ifPresent)
    {
        if (path.Length == 0)
            throw new MistakeException("The name of the file to write is empty.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder)
            throw new MistakeException($"{Files.Name(path)} can't be written: it is a folder.");

        // A rename would put a file in the place of the device, or of the link to a stream, for everybody.
        if (folder == DeviceFolder)
            throw new MistakeException($"{Files.Name(path)} can't be written: devices aren't replaced by files.");

        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            WriteNew(temporary, content, readers, KeptMode(path, readers, ifPresent));
            File.Move(temporary, path, overwrite: ifPresent == IfPresent.Replace);
        }
        catch (IOException) when (ifPresent == IfPresent.Refuse && File.Exists(path))
        {
            throw Present(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MistakeException($"{Files.Name(path)} can't be written: {Shown.Safe(e.Message)}");
        }
        finally
        {
            // There no longer, where it was renamed.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <exception cref="MistakeException">One of the files is there, and is to stay.</exception>
    internal static void ThrowIfPresent(IfPresent ifPresent, params IEnumerable<string> paths)
    {
        if (ifPresent == IfPresent.Refuse && paths.FirstOrDefault(Path.Exists) is { } present)
            throw Present(present);
    }

    // The mode of the file that is replaced, or null. A file of a set with private keys stays closed to others, and a bundle that a
    // server of another user reads stays open to it.
    private static UnixFileMode? KeptMode(string path, Readers readers, IfPresent ifPresent)
    {
        if (OperatingSystem.IsWindows() || readers == Readers.OwnerAlone || ifPresent == IfPresent.Refuse)
            return null;

        // The link is replaced, not the file that it leads to; who may read is decided by that file.
        FileInfo file = new(path);
        if ((file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is not { Exists: true } present)
            return null;
        return present.UnixFileMode & ReadersAndWriters;
    }

    private static void WriteNew(string path, string content, Readers readers, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = readers == Readers.Everybody && mode is null ? EverybodyReads : OwnersAlone;
        using StreamWriter writer = new(path, options);

        // The process's mask does not apply to a mode that is kept.
        if (mode is { } kept && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(((FileStream)writer.BaseStream).SafeFileHandle, kept);
        writer.Write(content);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }

    private static MistakeException Present(string path) => new($"{Files.Name(path)} is there already; --force replaces it.");
}

/// <summary>Who may read a new file.</summary>
internal enum Readers
{
    /// <summary>Whoever may by the process's mask.</summary>
    Everybody = 1,

    /// <summary>Its owner: for private keys.</summary>
    OwnerAlone = 2,

    /// <summary>Its owner, or those who may read the file that it replaces: for certificates of a folder that also holds private
    /// keys.</summary>
    OwnerAtFirst = 3,
}

/// <summary>What becomes of a file that is there already.</summary>
internal enum IfPresent
{
    /// <summary>It stays, and the call is a mistake.</summary>
    Refuse = 1,

    /// <summary>The new one takes its place.</summary>
    Replace = 2,
}
