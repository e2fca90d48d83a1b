namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>A login with an intended verdict that differs from MariaDB's.</summary>
/// <param name="Verdict">The verdict of CertAuth: <c>accepted</c>, <c>rejected</c>, or <c>invalid</c> if the clause cannot be
/// parsed.</param>
/// <param name="Reason">The rule of CertAuth that causes the difference.</param>
internal sealed record ReplayException(string Verdict, string Reason)
{
    internal const string Accepted = "accepted", Rejected = "rejected", Invalid = "invalid";

    internal static IReadOnlyDictionary<string, ReplayException> All { get; } = Load();

    // Tab-separated: ID, verdict, reason.
    private static Dictionary<string, ReplayException> Load()
    {
        Dictionary<string, ReplayException> exceptions = [];
        foreach (string[] columns in TsvFile.ReadRows("CertAuth.EndToEnd.Tests/Replay/exceptions.tsv"))
        {
            (columns is [_, Accepted or Rejected or Invalid, { Length: > 10 }]).Should().BeTrue(columns[0]);
            exceptions.Add(columns[0], new(columns[1], columns[2]));
        }

        return exceptions;
    }
}
