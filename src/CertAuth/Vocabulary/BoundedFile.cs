using System.Security.Cryptography;

namespace CertAuth;

/// <summary>Reads files of a limited size.</summary>
internal static class BoundedFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads a file, at most one byte beyond the maximum. The caller rejects a result that exceeds the maximum.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="maxBytes">The maximum size of the file, in bytes.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or it is a folder.</exception>
    internal static byte[] Read(string path, int maxBytes)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using MemoryStream content = new(file.CanSeek ? (int)Math.Clamp(file.Length, 0, maxBytes) + 1 : 0);
        byte[] buffer = new byte[Math.Min(maxBytes + 1L, BufferBytes)];

        // The length of the file is only a hint: the file can grow meanwhile, and a pipe or a device has no length.
        while (content.Length <= maxBytes)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, maxBytes + 1L - content.Length));
            if (count == 0)
                break;
            content.Write(buffer, 0, count);
        }

        // The file may hold a private key, so the buffers are cleared.
        byte[] result = content.ToArray();
        CryptographicOperations.ZeroMemory(buffer);
        CryptographicOperations.ZeroMemory(content.GetBuffer());
        return result;
    }
}
