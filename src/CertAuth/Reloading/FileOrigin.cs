using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CertAuth.Reloading;

/// <summary>Files, read as one piece.</summary>
internal sealed class FileOrigin(ImmutableArray<string> paths, int maxBytes, TimeSpan timeout, TimeProvider clock) : IMaterialOrigin
{
    private const string IrregularFile = "It is empty, or no regular file.";

    // A file system that hangs blocks in the kernel, and can't be cancelled.
    private readonly ReadTimeout _timeout = new(timeout, clock);

    public bool IsAtomic => false;

    public ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken) =>
        _timeout.RunAsync(_ => Task.FromResult(Read()), cancellationToken);

    public void Dispose()
    {
    }

    /// <summary>Reads all files now, on this thread.</summary>
    internal OriginReadResult Read()
    {
        List<byte[]> files = [];
        List<FileStamp> stamps = [];

        // The times of files are the machine's, whatever clock the application gives us.
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        string? problem = ReadAll(files, stamps);
        if (problem is null)
            return OriginReadResult.FromFiles([.. files], isSettled: stamps.TrueForAll(stamp => stamp.IsRestingAt(start)) && AreUnchanged(stamps));

        foreach (byte[] file in files)
            CryptographicOperations.ZeroMemory(file);
        return OriginReadResult.Failed(problem);
    }

    // Why not all were read, or null.
    private string? ReadAll(List<byte[]> files, List<FileStamp> stamps)
    {
        PathResolver links = new();
        foreach (string path in paths)
        {
            try
            {
                if (ReadFile(new(links.Resolve(path)), files, stamps) is { } problem)
                    return $"{path}: {problem}";
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return $"{path}: There is no such file.";
            }
            catch (Exception e) when (IsOfFiles(e))
            {
                return $"{path}: {e.Message}";
            }
        }

        return null;
    }

    // Why it wasn't read, or null.
    private string? ReadFile(FileInfo file, List<byte[]> files, List<FileStamp> stamps)
    {
        if (File.GetAttributes(file.FullName).HasFlag(FileAttributes.Directory))
            return "It is a folder.";

        // A FIFO or a device has no length, and is not opened: that would wake a writer. If one is renamed into place just now, the opening
        // does not block.
        FileStamp stamp = FileStamp.Of(file);
        if (stamp.Length == 0)
            return IrregularFile;
        if (stamp.Length > maxBytes)
            return TooLarge(stamp.Length, maxBytes);

        using SafeFileHandle handle = NonBlockingFile.Open(file.FullName);
        long length = LengthOf(handle);
        if (length == 0)
            return IrregularFile;
        if (length > maxBytes)
            return TooLarge(length, maxBytes);

        byte[] content = new byte[length];
        files.Add(content);
        stamps.Add(stamp);
        int read = 0;
        for (int count = -1; count != 0 && read < content.Length; read += count)
            count = RandomAccess.Read(handle, content.AsSpan(read), read);
        return read == content.Length ? null : "It was cut short while it was read.";
    }

    // 0 for what has no length, such as a FIFO.
    private static long LengthOf(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            return 0;
        }
    }

    // Whether each path still leads where it led, to a file that was not written meanwhile.
    private bool AreUnchanged(List<FileStamp> stamps)
    {
        try
        {
            PathResolver links = new();
            return paths.Select(path => FileStamp.Of(new(links.Resolve(path)))).SequenceEqual(stamps);
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return false;
        }
    }

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    private static string TooLarge(long length, int max) =>
        string.Create(CultureInfo.InvariantCulture, $"It has {length} octets; at most {max} are read.");
}
