using static CertAuth.Tests.Support.TestNameConstraints;

namespace CertAuth.Tests.Trust;

/// <summary>Compares the rows of <c>name-constraints.tsv</c> with the verdicts of <c>openssl verify</c>.</summary>
public sealed class NameConstraintOpenSslTests
{
    private static readonly TsvFile s_exceptions = new("CertAuth.Tests/Trust/name-constraints-openssl.tsv");
    private static readonly TestKey s_key = TestKey.Create();

    public static TheoryData<string> Kinds => [.. NameConstraintRow.All.Values.Select(row => row.Kind).Distinct()];

    // Malformed subtrees are omitted, because this test compares how names are matched.
    [Theory, MemberData(nameof(Kinds))]
    public void OpenSsl_AgreesWithTheRows_ExceptForTheListedOnes(string kind)
    {
        using OpenSsl openSsl = new();
        openSsl.RequireVersion("3.0.");

        List<string> disagreements = [];
        List<string> asked = [];
        foreach (NameConstraintRow row in NameConstraintRow.All.Values.Where(row => row.Kind == kind && row.Permitted != "malformed"))
        {
            foreach (bool excluded in new[] { false, true })
            {
                string id = $"{row.Id}, {(excluded ? "excluded" : "permitted")}";
                asked.Add(id);
                bool ours = row.Expected(excluded) == RejectionReason.None;
                (bool theirs, string output) = Accepts(openSsl, row, excluded);
                if (ours != theirs)
                    disagreements.Add($"{id}\tours {ours}: {output}");
            }
        }

        string[] found = [.. disagreements.Select(line => line.Split('\t')[0])];
        string[] unlisted = [.. disagreements.Where((_, i) => !s_exceptions.Contains(found[i]))];
        string[] stale = [.. s_exceptions.Ids.Where(id => asked.Contains(id) && !found.Contains(id))];
        unlisted.Length.Should().Be(0, string.Join('\n', unlisted));
        stale.Length.Should().Be(0, $"OpenSSL agrees, so remove them from the list: {string.Join('\n', stale)}");
    }

    [Fact]
    public void Exceptions_NameExistingRows() => s_exceptions.Ids.Should().AllSatisfy(
        id => NameConstraintRow.All.Keys.Should().Contain(id[..id.LastIndexOf(", ", StringComparison.Ordinal)]));

    private static (bool Accepted, string Output) Accepts(OpenSsl openSsl, NameConstraintRow row, bool excluded)
    {
        byte[][] permitted = row.Kind == "dir" ? [row.Base, NameConstraintRow.GeneralName("dir", "/CN=alice")] : [row.Base];
        TestCertificateAuthority root = NameConstraintTests.Root(excluded ? Excluded(row.Base) : Permitted(permitted));
        (int exitCode, string output) = openSsl.Verify(root, root.Issue(row.Request(s_key)), "-purpose", "sslclient");
        return (exitCode == 0, output);
    }
}
