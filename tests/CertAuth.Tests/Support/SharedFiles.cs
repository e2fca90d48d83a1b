using System.Reflection;

namespace CertAuth.Tests.Support;

/// <summary>The tables and vectors of the specification, which are in a folder beside the repository.</summary>
/// <remarks>The folder is <c>../shared</c> relative to the repository unless <c>CERTAUTH_VECTORS</c> names the folder of the
/// vectors.</remarks>
internal static class SharedFiles
{
    private const string Variable = "CERTAUTH_VECTORS";

    internal static string RepositoryRoot { get; } = Path.GetFullPath(
        typeof(SharedFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    internal static string VectorsFolder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "vectors"));

    internal static string SpecFolder { get; } = Path.GetFullPath(Path.Combine(VectorsFolder, "..", "spec"));

    /// <summary>Returns the path of a file. Skips the running test if the file does not exist.</summary>
    internal static string RequireSpec(string name) => Require(SpecFolder, name);

    /// <summary>Returns the path of a file. Skips the running test if the file does not exist.</summary>
    internal static string RequireVectors(string name) => Require(VectorsFolder, name);

    /// <summary>Returns one row for each item of a specification file, or one skipped row if the file does not exist.</summary>
    internal static IEnumerable<TheoryDataRow<T>> SpecRows<T>(string name, Func<string, IEnumerable<T>> read, T placeholder) =>
        Rows(SpecFolder, name, read, placeholder);

    private static string Require(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            Assert.Skip(Missing(name));
        return path;
    }

    // Rows are read during test discovery, when Assert.Skip cannot be called, so the row itself is marked as skipped.
    private static IEnumerable<TheoryDataRow<T>> Rows<T>(string folder, string name, Func<string, IEnumerable<T>> read, T placeholder)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? read(path).Select(item => new TheoryDataRow<T>(item))
            : [new TheoryDataRow<T>(placeholder) { Skip = Missing(name) }];
    }

    private static string Missing(string name) =>
        $"{name} does not exist. Put the shared folder beside the repository, or set {Variable} to its vectors folder.";
}
