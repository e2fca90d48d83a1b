using System.Security.Cryptography;

namespace CertAuth;

/// <summary>Reads files of a limited size, which may hold a private key: no copy of the content is left in memory.</summary>
internal static class BoundedFile
{
    private const int InitialBufferBytes = 4096;

    /// <summary>Reads a file and passes its content to a function. The content is cleared when the function returns or throws.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="maxBytes">The maximum size of the file, in bytes.</param>
    /// <param name="parse">The function. If the file is too large, it gets one byte more than the maximum, so that its own check of the
    /// size fails.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or it is a folder.</exception>
    internal static T Load<T>(string path, int maxBytes, Func<ReadOnlyMemory<byte>, T> parse)
    {
        byte[] content = Read(path, maxBytes);
        try
        {
            return parse(content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads a file, but not more than one byte beyond the maximum. Only the result holds the content.</summary>
    internal static byte[] Read(string path, int maxBytes)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

        // The length of the file is only a hint: the file can grow meanwhile, and a pipe or a device has no length.
        return Read(file, file.CanSeek ? file.Length : 0, maxBytes);
    }

    /// <summary>Reads a stream, but not more than one byte beyond the maximum. Only the result holds the content.</summary>
    internal static byte[] Read(Stream stream, long expectedBytes, int maxBytes)
    {
        byte[] buffer = new byte[Math.Min(Math.Max(expectedBytes, InitialBufferBytes), maxBytes) + 1];
        try
        {
            int length = 0;
            for (int count = -1; count != 0 && length <= maxBytes; length += count)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, Math.Min(2L * length, maxBytes + 1L));
                count = stream.Read(buffer, length, buffer.Length - length);
            }

            return buffer[..length];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, long size)
    {
        byte[] larger = new byte[size];
        buffer.CopyTo(larger, 0);
        CryptographicOperations.ZeroMemory(buffer);
        return larger;
    }
}
