using System.Text.Json;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>All tests of NIST's PKITS that need neither revocation lists nor policies nor DSA. There are no exceptions.</summary>
public sealed class PkitsTests
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly VectorFile<PkitsTest> s_tests = new("pkits.json", test => test.Id, "tests");

    private static readonly Lazy<PkitsFile> s_file = new(() =>
        JsonSerializer.Deserialize<PkitsFile>(File.ReadAllText(SharedFiles.RequireVectors("pkits.json")), s_options)!);

    public static TheoryData<string> Ids => s_tests.IdsWhere(test => test.Cls == "core");

    [Theory, MemberData(nameof(Ids))]
    public void TryVerify_AgreesWithPkits(string id)
    {
        PkitsTest test = s_tests[id];
        byte[][] certificates = [.. test.Certs.Select(name => Convert.FromBase64String(s_file.Value.Certs[name]))];
        TrustBundle bundle = TrustBundle.Parse(certificates[0], new()
        {
            TimeProvider = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(s_file.Value.Time)),
            AllowCaAsLeaf = test.CaLeaf,
        });

        bool verified = bundle.TryVerify(
            certificates[^1], [.. certificates[1..^1].Select(der => (ReadOnlyMemory<byte>)der)], out _, out Rejection? rejection);

        (test.Expected == verified).Should().BeTrue($"{test.Title}: {rejection}");
    }

    [Fact]
    public void VectorFile_HasTheExpectedNumberOfTests() => s_tests.All.Count(test => test.Cls == "core").Should().Be(87);

    private sealed record PkitsFile(long Time, IReadOnlyDictionary<string, string> Certs);

    private sealed record PkitsTest(string Id, string Title, string Cls, IReadOnlyList<string> Certs, bool Expected, bool CaLeaf);
}
