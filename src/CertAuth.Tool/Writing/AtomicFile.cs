using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Files that appear whole or not at all: written under another name of the folder, then renamed.</summary>
internal static class AtomicFile
{
    private const string DeviceFolder = "/dev";

    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EveryoneReads = OwnerReadWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadersAndWriters = EveryoneReads | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a file; what stood there under the name is replaced by a rename, or stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its text, as UTF-8.</param>
    /// <param name="visibility">Who may read it, from its first moment on. A replaced file keeps its mode, unless only its owner may read
    /// it.</param>
    /// <param name="overwriteMode">What becomes of a file of that name.</param>
    /// <exception cref="UserErrorException">There is one and it stays, or the file can't be written.</exception>
    internal static void Write(string path, string content, FileVisibility visibility, OverwriteMode overwriteMode)
    {
        if (path.Length == 0)
            throw new UserErrorException("The name of the file to write is empty.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder)
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} can't be written: it is a folder.");

        // A rename would put a file in the place of the device, or of the link to a stream, for everybody.
        if (folder == DeviceFolder)
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} can't be written: devices aren't replaced by files.");

        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            WriteNew(temporary, content, visibility, KeptMode(path, visibility, overwriteMode));
            File.Move(temporary, path, overwrite: overwriteMode == OverwriteMode.Replace);
        }
        catch (IOException) when (overwriteMode == OverwriteMode.Fail && File.Exists(path))
        {
            throw CreateExistsError(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} can't be written: {TerminalText.Escape(e.Message)}");
        }
        finally
        {
            // There no longer, where it was renamed.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <exception cref="UserErrorException">One of the files is there, and is to stay.</exception>
    internal static void ThrowIfExists(OverwriteMode overwriteMode, params IEnumerable<string> paths)
    {
        if (overwriteMode == OverwriteMode.Fail && paths.FirstOrDefault(Path.Exists) is { } present)
            throw CreateExistsError(present);
    }

    // The mode of the file that is replaced, or null. A file of a set with private keys stays closed to others, and a bundle that a
    // server of another user reads stays open to it.
    private static UnixFileMode? KeptMode(string path, FileVisibility visibility, OverwriteMode overwriteMode)
    {
        if (OperatingSystem.IsWindows() || visibility == FileVisibility.OwnerOnly || overwriteMode == OverwriteMode.Fail)
            return null;

        // The link is replaced, not the file that it leads to; who may read is decided by that file.
        FileInfo file = new(path);
        if ((file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is not { Exists: true } present)
            return null;
        return present.UnixFileMode & ReadersAndWriters;
    }

    private static void WriteNew(string path, string content, FileVisibility visibility, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = visibility == FileVisibility.Everyone && mode is null ? EveryoneReads : OwnerReadWrite;
        using StreamWriter writer = new(path, options);

        // The process's mask does not apply to a mode that is kept.
        if (mode is { } kept && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(((FileStream)writer.BaseStream).SafeFileHandle, kept);
        writer.Write(content);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }

    private static UserErrorException CreateExistsError(string path) => new($"{InputFiles.GetDisplayName(path)} is there already; --force replaces it.");
}

/// <summary>Who may read a new file.</summary>
internal enum FileVisibility
{
    /// <summary>Whoever may by the process's mask.</summary>
    Everyone = 1,

    /// <summary>Its owner: for private keys.</summary>
    OwnerOnly = 2,

    /// <summary>Its owner, or those who may read the file that it replaces: for certificates of a folder that also holds private
    /// keys.</summary>
    OwnerAtFirst = 3,
}

/// <summary>What becomes of a file that is there already.</summary>
internal enum OverwriteMode
{
    /// <summary>It stays, and the call is a mistake.</summary>
    Fail = 1,

    /// <summary>The new one takes its place.</summary>
    Replace = 2,
}
