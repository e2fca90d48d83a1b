using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CertAuth.Reloading;

/// <summary>Files, read as one piece.</summary>
internal sealed class FileOrigin(ImmutableArray<string> paths, int maxOctets, TimeSpan timeout, TimeProvider clock) : IMaterialOrigin
{
    // Opening may block in the kernel, and can't be cancelled.
    private readonly TimeLimit _limit = new(timeout, clock);

    public bool IsWhole => false;

    public ValueTask<OriginReading> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken) =>
        _limit.RunAsync(_ => Task.FromResult(Read()), cancellationToken);

    public void Dispose()
    {
    }

    /// <summary>Reads all files now, on this thread.</summary>
    internal OriginReading Read()
    {
        List<byte[]> files = [];
        string? problem = ReadAll(files);
        if (problem is null)
            return OriginReading.Of([.. files]);

        foreach (byte[] file in files)
            CryptographicOperations.ZeroMemory(file);
        return OriginReading.Failed(problem);
    }

    // Why not all were read, or null.
    private string? ReadAll(List<byte[]> files)
    {
        PathResolver links = new();
        foreach (string path in paths)
        {
            try
            {
                if (ReadFile(links.Resolve(path), files) is { } problem)
                    return $"{path}: {problem}";
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return $"{path}: There is no such file.";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                return $"{path}: {e.Message}";
            }
        }

        return null;
    }

    // Why it wasn't read, or null.
    private string? ReadFile(string path, List<byte[]> files)
    {
        if (File.GetAttributes(path).HasFlag(FileAttributes.Directory))
            return "It is a folder.";

        // A FIFO or a device has no length, and opening it may block for ever.
        long expected = new FileInfo(path).Length;
        if (expected == 0)
            return "It is empty, or no regular file.";
        if (expected > maxOctets)
            return TooLarge(expected);

        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(handle);
        if (length > maxOctets)
            return TooLarge(length);

        byte[] content = new byte[length];
        files.Add(content);
        int read = 0;
        for (int count = -1; count != 0 && read < content.Length; read += count)
            count = RandomAccess.Read(handle, content.AsSpan(read), read);
        return read == content.Length ? null : "It was cut short while it was read.";
    }

    private string TooLarge(long length) => string.Create(CultureInfo.InvariantCulture, $"It has {length} octets; at most {maxOctets} are read.");
}
