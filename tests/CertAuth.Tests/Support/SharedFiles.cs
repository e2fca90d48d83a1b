using System.Reflection;

namespace CertAuth.Tests.Support;

/// <summary>Finds the repository, and the test vectors beside it.</summary>
internal static class SharedFiles
{
    internal static string RepositoryRoot { get; } = Path.GetFullPath(
        typeof(SharedFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>The folder of vectors, or null where there is none.</summary>
    internal static string? Vectors { get; } = FindVectors();

    /// <summary>The path of a vector file; skips the running test where the vectors are absent.</summary>
    internal static string Vector(string name)
    {
        Assert.SkipWhen(Vectors is null, "The test vectors are absent: put them beside the repository or name their folder in CERTAUTH_VECTORS.");
        return Path.Combine(Vectors!, name);
    }

    /// <summary>The path of a file of the specification; skips the running test where it is absent.</summary>
    internal static string Spec(string name) => Path.Combine(Vector(".."), "spec", name);

    private static string? FindVectors()
    {
        string folder = Environment.GetEnvironmentVariable("CERTAUTH_VECTORS") ?? Path.Combine(RepositoryRoot, "..", "shared", "vectors");
        return File.Exists(Path.Combine(folder, "names.json")) ? folder : null;
    }
}
