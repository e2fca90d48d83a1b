namespace CertAuth.Soak.Exercises;

/// <summary>A file of a generation.</summary>
internal sealed record FileContent(string Name, byte[] Content);
