namespace CertAuth.Ratios.Suites;

/// <summary>The cost of finding a required name among a certificate's alternative names.</summary>
internal static class SanSuite
{
    private const string X509 = "X509SubjectAlternativeNameExtension";

    private static readonly Goal s_four = new(0.001, Bytes: 0), s_thousand = new(0.12, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Cases<SanMaterial> four = new(() => new(4)), thousand = new(() => new(1000));
        Case[] ofFour = Create(four, "4", s_four);
        return new(
            [
                new("SAN requirement against 4 names",
                [
                    unit,
                    ofFour[0],
                    four.OfMany("SAN of two kinds met, 4 names", m => m.IsMet(m.Both), true, s_four),
                    four.OfMany("SAN met by a pattern, the third of 4", m => m.IsMet(m.Pattern), true, s_four),
                    .. ofFour[1..],
                ]),
                new("SAN requirement against 1,000 names", [unit, .. Create(thousand, "1,000", s_thousand)]),
            ],
            Table.Growing(
                "subject alternative names", "names", unit, [1, 4, 32, 1000], names => Create(new(() => new(names)), "", s_thousand)));
    }

    private static Case[] Create(Cases<SanMaterial> sans, string count, Goal goal) =>
    [
        sans.OfMany($"SAN met by the last of {count}", m => m.IsMet(m.Last), true, goal, "met"),
        sans.OfMany($"SAN not met, {count} names", m => m.IsMet(m.Missing), false, goal, "not met"),
        sans.Peer(X509, m => m.HasByX509Extension(SanMaterial.Present), true, X509),
        sans.Peer($"{X509}, not met", m => m.HasByX509Extension(SanMaterial.Absent), false, $"{X509}, not met"),
        sans.Peer("Bouncy Castle", m => m.HasByBouncyCastle(SanMaterial.Present), true, "Bouncy Castle"),
        sans.Peer("Bouncy Castle, not met", m => m.HasByBouncyCastle(SanMaterial.Absent), false, "Bouncy Castle, not met"),
    ];
}
