namespace CertAuth.Ratios.Suites;

/// <summary>The cost of finding a required name among a certificate's alternative names.</summary>
internal static class SanSuite
{
    private static readonly Goal s_four = new(0.001, Bytes: 0), s_thousand = new(0.12, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Lazy<SanMaterial> four = new(() => new(4)), thousand = new(() => new(1000));
        return new(
            [
                new("SAN requirement against 4 names",
                [
                    unit,
                    Case.OfMany("SAN met by the last of 4", () => four.Value.Meet, true, s_four),
                    Case.OfMany("SAN of two kinds met, 4 names", () => four.Value.MeetBoth, true, s_four),
                    Case.OfMany("SAN met by a pattern, the third of 4", () => four.Value.MeetPattern, true, s_four),
                    Case.OfMany("SAN not met, 4 names", () => four.Value.Reject, false, s_four),
                    .. Peers(four),
                ]),
                new("SAN requirement against 1,000 names",
                [
                    unit,
                    Case.OfMany("SAN met by the last of 1,000", () => thousand.Value.Meet, true, s_thousand),
                    Case.OfMany("SAN not met, 1,000 names", () => thousand.Value.Reject, false, s_thousand),
                    .. Peers(thousand),
                ]),
            ],
            Table.Growing("subject alternative names", "names", unit, [1, 4, 32, 1000], names => Grow(new(() => new(names)))));
    }

    private static Case[] Grow(Lazy<SanMaterial> sans) =>
        [Case.OfMany("met", () => sans.Value.Meet), Case.OfMany("not met", () => sans.Value.Reject, false), .. Peers(sans)];

    private static Case[] Peers(Lazy<SanMaterial> sans) =>
    [
        Case.Peer("X509SubjectAlternativeNameExtension", () => sans.Value.Peers.X509Extension),
        Case.Peer("X509SubjectAlternativeNameExtension, not met", () => sans.Value.Peers.X509ExtensionReject, expected: false),
        Case.Peer("Bouncy Castle", () => sans.Value.Peers.BouncyCastle),
        Case.Peer("Bouncy Castle, not met", () => sans.Value.Peers.BouncyCastleReject, expected: false),
    ];
}
