namespace CertAuth.Certificates;

/// <summary>Reads files whose size is limited.</summary>
internal static class BoundedFile
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Reads a file to its end, or one byte past the limit. The parser then reports the file as too large.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    internal static byte[] Read(string file, int maxBytes)
    {
        using FileStream stream = File.OpenRead(file);
        using MemoryStream content = new();
        byte[] chunk = new byte[ChunkBytes];
        int read;
        while ((read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, maxBytes + 1L - content.Length))) > 0)
            content.Write(chunk, 0, read);
        return content.ToArray();
    }
}
