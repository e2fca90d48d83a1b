using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CertAuth.Reloading;

/// <summary>Reads one or more files together.</summary>
internal sealed class FileOrigin(ImmutableArray<string> paths, int maxBytes, TimeSpan timeout, TimeProvider clock) : IMaterialOrigin
{
    private const string IrregularFile = "The file is empty or is not a regular file.";

    // A read from a file system that does not respond blocks in the kernel and cannot be canceled.
    private readonly ReadTimeout _timeout = new(timeout, clock);

    public bool IsAtomic => false;

    public ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken) =>
        _timeout.RunAsync(_ => Task.FromResult(Read()), cancellationToken);

    public void Dispose()
    {
    }

    /// <summary>Reads all files on the calling thread.</summary>
    internal OriginReadResult Read()
    {
        List<byte[]> files = [];
        List<FileStamp> stamps = [];

        // File times come from the system's clock, not from the application's TimeProvider.
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        string? problem = ReadAll(files, stamps);
        if (problem is null)
        {
            bool isSettled = stamps.TrueForAll(stamp => stamp.IsSettledAt(start)) && AreUnchanged(stamps);
            return OriginReadResult.FromFiles([.. files], isSettled);
        }

        foreach (byte[] file in files)
            CryptographicOperations.ZeroMemory(file);
        return OriginReadResult.Failed(problem);
    }

    // Returns the reason why not all files were read, or null.
    private string? ReadAll(List<byte[]> files, List<FileStamp> stamps)
    {
        PathResolver resolver = new();
        foreach (string path in paths)
        {
            try
            {
                if (ReadFile(new(resolver.Resolve(path)), files, stamps) is { } problem)
                    return $"{path}: {problem}";
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return $"{path}: The file does not exist.";
            }
            catch (Exception e) when (IsFileError(e))
            {
                return $"{path}: {e.Message}";
            }
        }

        return null;
    }

    // Returns the reason why the file was not read, or null.
    private string? ReadFile(FileInfo file, List<byte[]> files, List<FileStamp> stamps)
    {
        if (File.GetAttributes(file.FullName).HasFlag(FileAttributes.Directory))
            return "The path is a directory.";

        // A FIFO or a device has no length. It is not opened, because that would wake a process that waits to write to it. If a FIFO is
        // renamed into place after this check, NonBlockingFile does not block.
        FileStamp stamp = FileStamp.Read(file);
        if (stamp.Length == 0)
            return IrregularFile;
        if (stamp.Length > maxBytes)
            return DescribeExcess(stamp.Length);

        using SafeFileHandle handle = NonBlockingFile.Open(file.FullName);
        long length = GetLength(handle);
        if (length == 0)
            return IrregularFile;
        if (length > maxBytes)
            return DescribeExcess(length);

        byte[] content = new byte[length];
        files.Add(content);
        stamps.Add(stamp);
        int read = 0;
        for (int count = -1; count != 0 && read < content.Length; read += count)
            count = RandomAccess.Read(handle, content.AsSpan(read), read);
        return read == content.Length ? null : "The file was truncated while it was read.";
    }

    // Returns 0 for a file without a length, such as a FIFO.
    private static long GetLength(SafeFileHandle handle)
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

    // Returns whether each path still leads to the same file, and no file has been written since it was read.
    private bool AreUnchanged(List<FileStamp> stamps)
    {
        try
        {
            PathResolver resolver = new();
            return paths.Select(path => FileStamp.Read(new(resolver.Resolve(path)))).SequenceEqual(stamps);
        }
        catch (Exception e) when (IsFileError(e))
        {
            return false;
        }
    }

    private static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    private string DescribeExcess(long length) =>
        string.Create(CultureInfo.InvariantCulture, $"The file has {length} bytes; the maximum is {maxBytes}.");
}
