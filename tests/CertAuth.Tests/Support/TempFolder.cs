namespace CertAuth.Tests.Support;

/// <summary>A temporary folder, deleted on disposal.</summary>
internal sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("certauth-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    internal string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Replaces a file atomically by a rename.</summary>
    internal string Replace(string name, string content)
    {
        File.WriteAllText(this[name + ".new"], content);
        File.Move(this[name + ".new"], this[name], overwrite: true);
        return this[name];
    }
}
