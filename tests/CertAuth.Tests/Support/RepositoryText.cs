namespace CertAuth.Tests.Support;

/// <summary>The files of the repository, without the output of the build.</summary>
internal static class RepositoryText
{
    private static readonly string[] s_topFolders = [".ci", "benchmarks", "docs", "samples", "src", "tests", "tools"];

    private static readonly string[] s_outputFolders =
        ["bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", "StrykerOutput", "node_modules"];

    /// <summary>Returns the files whose names match a pattern, relative to the repository, with slashes.</summary>
    internal static IEnumerable<string> FindFiles(string pattern)
    {
        string root = SharedFiles.RepositoryRoot;
        return Directory.EnumerateFiles(root, pattern)
            .Concat(s_topFolders.SelectMany(folder => Walk(Path.Combine(root, folder), pattern)))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Returns the full path of a file that <see cref="FindFiles"/> returned.</summary>
    internal static string Locate(string file) => Path.Combine(SharedFiles.RepositoryRoot, file);

    /// <summary>Returns the text of a file, with <c>\n</c> as the end of each line.</summary>
    internal static string Read(string file) => File.ReadAllText(Locate(file)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static IEnumerable<string> Walk(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern)
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !s_outputFolders.Contains(Path.GetFileName(child)))
            .SelectMany(child => Walk(child, pattern)));
}
