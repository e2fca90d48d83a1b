namespace CertAuth.Tests.Support;

/// <summary>A checked-in list of vectors on which an outside oracle and this library disagree, each with its reason.</summary>
/// <remarks>Tests fail both ways: on a disagreement that isn't listed, and on a listed one that is none.</remarks>
internal sealed class ExceptionList
{
    private ExceptionList(IReadOnlyDictionary<string, string> reasons) => Reasons = reasons;

    /// <summary>Reason by id.</summary>
    internal IReadOnlyDictionary<string, string> Reasons { get; }

    /// <summary>Reads a file of rows "id TAB reason".</summary>
    internal static ExceptionList Load(params string[] pathInTests) => new(
        File.ReadAllLines(Path.Combine([SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", .. pathInTests]))
            .Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]));

    internal bool Contains(string id) => Reasons.ContainsKey(id);
}
