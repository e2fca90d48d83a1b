namespace CertAuth.Ratios.Suites;

/// <summary>The cost of evaluating a requirement for a connection with known facts.</summary>
internal static class RequirementSuite
{
    private static readonly Goal s_evaluate = new(0.01, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Cases<RequirementMaterial> clause = new(() => new());
        return new(
        [
            new("whole REQUIRE clause of issuer, subject, SAN and cipher, facts at hand",
            [
                unit,
                clause.OfMany("REQUIRE met, encodings not seen before", m => m.IsMet(m.Unseen), true, s_evaluate),
                clause.OfMany("REQUIRE met, the DER seen before", m => m.IsMet(m.Seen), true, s_evaluate),
                clause.OfMany("REQUIRE rejected: subject", m => m.IsMet(m.OtherSubject), false, s_evaluate),
                clause.OfMany("REQUIRE rejected: SAN", m => m.IsMet(m.OtherSan), false, s_evaluate),
                clause.OfMany("REQUIRE rejected: cipher", m => m.IsMet(m.OtherCipher), false, s_evaluate),
            ]),
        ]);
    }
}
