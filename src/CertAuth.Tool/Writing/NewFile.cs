using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Files that appear whole or not at all: written under another name of the folder, then renamed.</summary>
internal static class NewFile
{
    private const string DeviceFolder = "/dev";

    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EverybodyReads = OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file; what stood there under the name is replaced by a rename, or stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its text, as UTF-8.</param>
    /// <param name="readers">Who may read it, from its first moment on.</param>
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
            WriteNew(temporary, content, readers);
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

    private static void WriteNew(string path, string content, Readers readers)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = readers == Readers.OwnerAlone ? OwnersAlone : EverybodyReads;
        using StreamWriter writer = new(path, options);
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
}

/// <summary>What becomes of a file that is there already.</summary>
internal enum IfPresent
{
    /// <summary>It stays, and the call is a mistake.</summary>
    Refuse = 1,

    /// <summary>The new one takes its place.</summary>
    Replace = 2,
}
