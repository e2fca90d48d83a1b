namespace CertAuth.Tests.Support;

/// <summary>A folder of a test's own, deleted with it.</summary>
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

    /// <summary>Puts a file in place by a rename, as careful writers do.</summary>
    internal string Replace(string name, string content)
    {
        File.WriteAllText(this[name + ".new"], content);
        File.Move(this[name + ".new"], this[name], overwrite: true);
        return this[name];
    }
}
