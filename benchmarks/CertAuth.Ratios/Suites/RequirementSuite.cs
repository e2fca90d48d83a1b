using static CertAuth.Ratios.Suites.RequirementMaterial;

namespace CertAuth.Ratios.Suites;

/// <summary>The cost of evaluating a requirement for a connection with known facts.</summary>
internal static class RequirementSuite
{
    private static readonly Goal s_evaluate = new(0.01, Bytes: 0), s_pins = new(0.001, Bytes: 0), s_contains = new(0.008, Bytes: 0);
    private static readonly Goal s_all = new(0.02, Bytes: 0), s_sixteen = new(0.05, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Cases<RequirementMaterial> clause = new(() => new());
        return new(
        [
            new("whole REQUIRE clause of issuer, subject, SAN and cipher, facts at hand",
            [
                unit,
                clause.OfMany("REQUIRE met, encodings not seen before", m => IsMet(m.Clause, m.Unseen), true, s_evaluate),
                clause.OfMany("REQUIRE met, the DER seen before", m => IsMet(m.Clause, m.Seen), true, s_evaluate),
                clause.OfMany("REQUIRE rejected: subject", m => IsMet(m.Clause, m.OtherSubject), false, s_evaluate),
                clause.OfMany("REQUIRE rejected: SAN", m => IsMet(m.Clause, m.OtherSan), false, s_evaluate),
                clause.OfMany("REQUIRE rejected: cipher", m => IsMet(m.Clause, m.OtherCipher), false, s_evaluate),
            ]),
            new("REQUIRE clause of one option, of all options, and of 16 alternatives",
            [
                unit,
                clause.OfMany("CERTIFICATE met, 16 digests", m => IsMet(m.Certificate, m.Seen), true, s_pins),
                clause.OfMany("CERTIFICATE not met, 16 digests", m => IsMet(m.Certificate, m.Unseen), false, s_pins),
                clause.OfMany("PUBLIC_KEY met, 16 digests", m => IsMet(m.PublicKey, m.Unseen), true, s_pins),
                clause.OfMany("ISSUER_KEY met, 16 digests", m => IsMet(m.IssuerKey, m.Unseen), true, s_pins),
                clause.OfMany("SUBJECT_CONTAINS met, encodings not seen before", m => IsMet(m.Contains, m.Unseen), true, s_contains),
                clause.OfMany("SUBJECT_CONTAINS not met", m => IsMet(m.Contains, m.OtherSubject), false, s_contains),
                clause.OfMany("SAN URI met by the last of 4", m => IsMet(m.San, m.Seen)),
                clause.OfMany("SAN EMAIL met by the second of 4", m => IsMet(m.Email, m.Seen), true, s_pins),
                clause.OfMany("all 8 options met, encodings not seen before", m => IsMet(m.All, m.Pinned), true, s_all),
                clause.OfMany(
                    "16 alternatives of 8 options, each rejected by the last", m => IsMet(m.NoneOfMany, m.Pinned), false, s_sixteen),
                clause.OfMany("16 alternatives, met by the last", m => IsMet(m.LastOfMany, m.Unseen), true, s_sixteen),
                clause.OfMany("16 alternatives, rejected: subject", m => IsMet(m.LastOfMany, m.OtherSubject), false, s_sixteen),
            ]),
        ]);
    }
}
