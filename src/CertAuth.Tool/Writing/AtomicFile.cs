using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Writes files atomically: under a temporary name in the same folder, then renamed.</summary>
internal static class AtomicFile
{
    private const string DeviceFolder = "/dev";

    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EveryoneReads = OwnerReadWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode KeptPermissions = EveryoneReads | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a file. If it fails, an existing file is unchanged.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="content">The text, written as UTF-8.</param>
    /// <param name="visibility">The users that can read the file, from its creation on.</param>
    /// <param name="overwriteMode">The behavior if the file already exists.</param>
    /// <exception cref="UserErrorException">The file already exists and is not replaced, or cannot be written.</exception>
    internal static void Write(string path, string content, FileVisibility visibility, OverwriteMode overwriteMode)
    {
        if (path.Length == 0)
            throw new UserErrorException("The name of the output file is empty.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder)
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} cannot be written: it is a folder.");

        // The rename would replace the device, or a link such as /dev/stdout, with a file for all processes.
        if (folder == DeviceFolder)
        {
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(path)} cannot be written: it is a device, which certauth does not replace.");
        }

        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            WriteNew(temporary, content, visibility, GetKeptMode(path, visibility, overwriteMode));
            File.Move(temporary, path, overwrite: overwriteMode == OverwriteMode.Replace);
        }
        catch (IOException) when (overwriteMode == OverwriteMode.Fail && File.Exists(path))
        {
            throw CreateExistsError(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} cannot be written: {TerminalText.Escape(e.Message)}");
        }
        finally
        {
            // After the rename it no longer exists.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Throws if one of the files exists and is not to be replaced.</summary>
    /// <exception cref="UserErrorException">A file already exists.</exception>
    internal static void ThrowIfExists(OverwriteMode overwriteMode, params IEnumerable<string> paths)
    {
        if (overwriteMode == OverwriteMode.Fail && paths.FirstOrDefault(Path.Exists) is { } present)
            throw CreateExistsError(present);
    }

    // Returns the mode of the file to be replaced, which the new file keeps; otherwise, null. A JWK set with private members thus remains
    // unreadable for other users, and a bundle that the server of another user reads remains readable for it.
    private static UnixFileMode? GetKeptMode(string path, FileVisibility visibility, OverwriteMode overwriteMode)
    {
        if (OperatingSystem.IsWindows() || visibility == FileVisibility.OwnerOnly || overwriteMode == OverwriteMode.Fail)
            return null;

        // The rename replaces a link and not its target, but the target has the mode that counts.
        FileInfo file = new(path);
        if ((file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is not { Exists: true } present)
            return null;
        return present.UnixFileMode & KeptPermissions;
    }

    private static void WriteNew(string path, string content, FileVisibility visibility, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = visibility == FileVisibility.Everyone && mode is null ? EveryoneReads : OwnerReadWrite;
        using StreamWriter writer = new(path, options);

        // The umask of the process does not apply to a kept mode.
        if (mode is { } kept && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(((FileStream)writer.BaseStream).SafeFileHandle, kept);
        writer.Write(content);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }

    private static UserErrorException CreateExistsError(string path) =>
        new($"{InputFiles.GetDisplayName(path)} already exists; use --force to replace it.");
}
