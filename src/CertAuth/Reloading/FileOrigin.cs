using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace CertAuth.Reloading;

/// <summary>Files, read as one piece.</summary>
internal sealed class FileOrigin(ImmutableArray<string> paths, int maxOctets, TimeSpan timeout, TimeProvider clock) : IMaterialOrigin
{
    // Opening may block in the kernel, and can't be cancelled: one thread at most is lost to it.
    private Task<OriginReading>? _blocked;

    public bool IsWhole => false;

    public async ValueTask<OriginReading> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        if (_blocked is { IsCompleted: false })
            return OriginReading.Failed("The last reading is still blocked by the file system.");

        _blocked = null;
        Task<OriginReading> reading = Task.Run(Read, CancellationToken.None);
        try
        {
            return await reading.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _blocked = reading;
            ClearWhenDone(reading);
            return OriginReading.Failed(string.Create(CultureInfo.InvariantCulture, $"Reading took longer than {timeout}."));
        }
        catch (OperationCanceledException)
        {
            ClearWhenDone(reading);
            throw;
        }
    }

    public void Dispose()
    {
    }

    // Nobody else does, and it may hold a private key.
    private static void ClearWhenDone(Task<OriginReading> reading) => reading.ContinueWith(
        r => r.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Reads all files now, on this thread.</summary>
    internal OriginReading Read()
    {
        PathResolver links = new();
        ImmutableArray<byte[]>.Builder files = ImmutableArray.CreateBuilder<byte[]>(paths.Length);
        foreach (string path in paths)
        {
            try
            {
                if (ReadFile(links.Resolve(path), out byte[] content) is { } problem)
                    return OriginReading.Failed($"{path}: {problem}");
                files.Add(content);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return OriginReading.Failed($"{path}: There is no such file.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                return OriginReading.Failed($"{path}: {e.Message}");
            }
        }

        return OriginReading.Of(files.ToImmutable());
    }

    // Why it wasn't read, or null.
    private string? ReadFile(string path, out byte[] content)
    {
        content = [];
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

        content = new byte[length];
        int read = 0;
        for (int count = -1; count != 0 && read < content.Length; read += count)
            count = RandomAccess.Read(handle, content.AsSpan(read), read);
        return read == content.Length ? null : "It was cut short while it was read.";
    }

    private string TooLarge(long length) => string.Create(CultureInfo.InvariantCulture, $"It has {length} octets; at most {maxOctets} are read.");
}
