namespace CertAuth.Ratios.Suites;

/// <summary>The cost of evaluating a requirement for a connection with known facts.</summary>
internal static class RequirementSuite
{
    private static readonly Goal s_evaluate = new(0.01, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Lazy<RequirementMaterial> clause = new(() => new());
        return new(
        [
            new("whole REQUIRE clause of issuer, subject, SAN and cipher, facts at hand",
            [
                unit,
                Case.OfMany("REQUIRE met, encodings not seen before", () => clause.Value.Meet, true, s_evaluate),
                Case.OfMany("REQUIRE met, the DER seen before", () => clause.Value.MeetSeen, true, s_evaluate),
                Case.OfMany("REQUIRE rejected: subject", () => clause.Value.RejectSubject, false, s_evaluate),
                Case.OfMany("REQUIRE rejected: SAN", () => clause.Value.RejectSan, false, s_evaluate),
                Case.OfMany("REQUIRE rejected: cipher", () => clause.Value.RejectCipher, false, s_evaluate),
            ]),
        ]);
    }
}
