using System.Security.Cryptography;
using System.Text;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>The test cases of x509-limbo, issued again for clients. The verdict is the expected one, except for a list of exceptions. An
/// exception that is no longer needed also fails.</summary>
public sealed class LimboTests
{
    // The class name-na is omitted: a TrustBundle does not compare the names of servers.
    private static readonly string[] s_classes = ["core", "seed-conflict", "policy", "feature-crl", "feature-depth", "strict"];

    private static readonly VectorFile<LimboCase> s_cases = new("limbo-client.json", limbo => limbo.Id, "testcases");

    private static readonly TsvFile s_exceptions = new("CertAuth.Tests/Trust/limbo-exceptions.tsv");

    public static TheoryData<string> Ids => s_cases.IdsWhere(limbo => s_classes.Contains(limbo.Cls));

    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_AgreesWithLimbo(string id)
    {
        LimboCase limbo = s_cases[id];

        Rejection? rejection = Verify(limbo, limbo.Cls == "strict" ? ChainStrictness.Rfc5280Strict : ChainStrictness.Practical);

        bool agrees = (limbo.Expected == "SUCCESS") == rejection is null;
        (agrees != s_exceptions.Contains(id)).Should().BeTrue($"{limbo.Expected} expected; {rejection?.ToString() ?? "accepted"}");
    }

    // Without strict rules, no case is rejected with CertificateNotConforming.
    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_EnforcesStrictRules_OnlyByOption(string id)
    {
        LimboCase limbo = s_cases[id];

        (Verify(limbo, ChainStrictness.Practical)?.Reason).Should().NotBe(RejectionReason.CertificateNotConforming);
    }

    [Fact]
    public void VectorFile_HasTheExpectedNumberOfCases()
    {
        Dictionary<string, int> counts = s_cases.All.CountBy(limbo => limbo.Cls).ToDictionary();

        (counts["core"], counts["seed-conflict"], counts["feature-crl"], counts["feature-depth"], counts["strict"])
            .Should().Be((131, 4, 8, 5, 31));
    }

    private static Rejection? Verify(LimboCase limbo, ChainStrictness strictness)
    {
        TrustBundleOptions options = new()
        {
            TimeProvider = limbo.ValidationTime is { } time ? new FixedClock(time) : TimeProvider.System,
            RevocationLists = [.. limbo.Crls.Select(pem => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(pem))],
            MaxIntermediates = Math.Min(limbo.MaxChainDepth ?? 10, 10),
            Strictness = strictness,
        };

        // A bundle with an unusable revocation list cannot be loaded.
        byte[] trusted = Encoding.ASCII.GetBytes(string.Concat(limbo.TrustedCerts));
        if (!TrustBundle.TryParse(trusted, options, out TrustBundle? bundle, out TrustBundleError error))
            return new(RejectionReason.RevocationListMissing, "a bundle that loads", error.ToString());

        bundle.TryVerify(Der(limbo.PeerCertificate).Span, [.. limbo.UntrustedIntermediates.Select(Der)], out _, out Rejection? rejection);
        return rejection;
    }

    private static ReadOnlyMemory<byte> Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]).AsMemory();

    private sealed record LimboCase(
        string Id,
        string Cls,
        string Expected,
        IReadOnlyList<string> TrustedCerts,
        IReadOnlyList<string> UntrustedIntermediates,
        string PeerCertificate,
        DateTimeOffset? ValidationTime,
        int? MaxChainDepth,
        IReadOnlyList<string> Crls);
}
