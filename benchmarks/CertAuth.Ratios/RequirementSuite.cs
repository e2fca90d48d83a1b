using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of evaluating a requirement for a connection with known facts.</summary>
internal static class RequirementSuite
{
    private static readonly Goal s_evaluate = new(0.01, Bytes: 0);

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        RequirementMaterial clause = new();
        return new([
            new("whole REQUIRE clause of issuer, subject, SAN and cipher, facts at hand",
            [
                Suites.Unit(rsa),
                Many("REQUIRE met, encodings not seen before", clause.Meet, true),
                Many("REQUIRE met, the DER seen before", clause.MeetSeen, true),
                Many("REQUIRE rejected: subject", clause.RejectSubject, false),
                Many("REQUIRE rejected: SAN", clause.RejectSan, false),
                Many("REQUIRE rejected: cipher", clause.RejectCipher, false),
            ]),
        ]);
    }

    private static Case Many(string name, Func<bool> run, bool expected) =>
        new(name, run, expected, s_evaluate) { Operations = RequirementMaterial.Operations };
}
