using System.Reflection;

namespace CertAuth.Tests.Support;

/// <summary>The specification's tables and the vectors, which lie beside the repository and are never copied into it.</summary>
/// <remarks>The folder is <c>../shared</c> from the repository's root, unless <c>CERTAUTH_VECTORS</c> names the vectors' folder.</remarks>
internal static class SharedFiles
{
    private const string Variable = "CERTAUTH_VECTORS";

    internal static string RepositoryRoot { get; } = Path.GetFullPath(
        typeof(SharedFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    internal static string VectorsFolder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "vectors"));

    internal static string SpecFolder { get; } = Path.GetFullPath(Path.Combine(VectorsFolder, "..", "spec"));

    /// <summary>The file's path; the running test is skipped when there is no such file.</summary>
    internal static string RequireSpec(string name) => Require(SpecFolder, name);

    /// <summary>The file's path; the running test is skipped when there is no such file.</summary>
    internal static string RequireVectors(string name) => Require(VectorsFolder, name);

    /// <summary>One row per item of a file of the specification, or one row that is skipped when there is no such file.</summary>
    internal static IEnumerable<TheoryDataRow<T>> SpecRows<T>(string name, Func<string, IEnumerable<T>> read, T placeholder) =>
        Rows(SpecFolder, name, read, placeholder);

    private static string Require(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            Assert.Skip(Missing(name));
        return path;
    }

    // Data are read while tests are discovered, when Assert.Skip can't be called: the row is marked instead.
    private static IEnumerable<TheoryDataRow<T>> Rows<T>(string folder, string name, Func<string, IEnumerable<T>> read, T placeholder)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? read(path).Select(item => new TheoryDataRow<T>(item))
            : [new TheoryDataRow<T>(placeholder) { Skip = Missing(name) }];
    }

    private static string Missing(string name) =>
        $"There is no {name}: put the shared folder beside the repository, or name its vectors folder in {Variable}.";
}
