using System.Text.Json;
using CertAuth.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>NIST's PKITS, the tests that need no revocation list, no policy and no DSA.</summary>
public sealed class PkitsTests
{
    /// <summary>Tests to be accepted once name constraints are evaluated.</summary>
    private const int NameConstraintSuccesses = 16;

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void TryVerify_AgreesWithPkitsWhereNamesAreNotConstrained()
    {
        using FileStream stream = File.OpenRead(SharedFiles.RequireVectors("pkits.json"));
        PkitsFile pkits = JsonSerializer.Deserialize<PkitsFile>(stream, s_options)!;
        PkitsTest[] core = [.. pkits.Tests.Where(t => t.Cls == "core")];

        (PkitsTest Test, Refusal? Refusal)[] differing =
            [.. core.Select(t => (t, Verify(pkits, t))).Where(r => r.t.Expected == r.Item2 is not null)];

        TestContext.Current.TestOutputHelper!.WriteLine($"{core.Length} tests, {core.Length - differing.Length} agree");
        Assert.Empty(differing.Where(d => !IsRefusedForNameConstraints(d.Refusal)).Select(d => $"{d.Test.Id} {d.Test.Title}: {d.Refusal}"));
        Assert.Equal(NameConstraintSuccesses, differing.Length);
    }

    private static bool IsRefusedForNameConstraints(Refusal? refusal) =>
        refusal is { Reason: FailureReason.UnknownCriticalExtension, Presented: { } text }
        && text.StartsWith("name constraints", StringComparison.Ordinal);

    private static Refusal? Verify(PkitsFile pkits, PkitsTest test)
    {
        byte[][] certificates = [.. test.Certs.Select(name => Convert.FromBase64String(pkits.Certs[name]))];
        TrustBundle bundle = TrustBundle.Load(certificates[0], new()
        {
            TimeProvider = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(pkits.Time)),
            AllowCaAsLeaf = test.CaLeaf,
        });
        bundle.TryVerify(certificates[^1], [.. certificates[1..^1].Select(der => (ReadOnlyMemory<byte>)der)], out _, out Refusal? refusal);
        return refusal;
    }

    private sealed record PkitsFile(long Time, IReadOnlyDictionary<string, string> Certs, IReadOnlyList<PkitsTest> Tests);

    private sealed record PkitsTest(string Id, string Title, string Cls, IReadOnlyList<string> Certs, bool Expected, bool CaLeaf);
}
