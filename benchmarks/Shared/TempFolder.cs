namespace CertAuth.Benchmarks;

/// <summary>A temporary folder, which is deleted on disposal.</summary>
internal sealed class TempFolder(string purpose) : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory($"certauth-{purpose}-").FullName;

    internal string GetPath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes or replaces a file. A replacement is a rename, so that every reader reads a complete file.</summary>
    internal void Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(GetPath($"{name}.new"), content);
        File.Move(GetPath($"{name}.new"), GetPath(name), overwrite: true);
    }

    internal void Write(string name, string content) => Write(name, System.Text.Encoding.ASCII.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
