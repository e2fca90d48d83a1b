namespace CertAuth.Tests.Support;

/// <summary>A list of vectors on which an independent oracle and the library disagree, each with the reason.</summary>
/// <remarks>Tests fail for an unlisted disagreement and for a listed one that no longer exists.</remarks>
internal sealed class ExceptionList
{
    private ExceptionList(IReadOnlyDictionary<string, string> reasons) => Reasons = reasons;

    /// <summary>The reasons by vector ID.</summary>
    internal IReadOnlyDictionary<string, string> Reasons { get; }

    /// <summary>Reads a file whose rows consist of ID, tab and reason.</summary>
    internal static ExceptionList Load(params string[] pathInTests) => new(
        File.ReadAllLines(Path.Combine([SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", .. pathInTests]))
            .Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]));

    internal bool Contains(string id) => Reasons.ContainsKey(id);
}
