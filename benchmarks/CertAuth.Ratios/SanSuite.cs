using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of finding a required name among a certificate's alternative names.</summary>
internal static class SanSuite
{
    private static readonly Goal s_four = new(0.001, Bytes: 0), s_thousand = new(0.12, Bytes: 0);

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        SanMaterial four = new(4), thousand = new(1000);
        return new([
            new("SAN requirement against 4 names",
            [
                Suites.Unit(rsa),
                Many("SAN met by the last of 4", four.Meet, true, s_four),
                Many("SAN of two kinds met, 4 names", four.MeetBoth, true, s_four),
                Many("SAN met by a pattern, the third of 4", four.MeetPattern, true, s_four),
                Many("SAN not met, 4 names", four.Reject, false, s_four),
                .. Peers(four),
            ]),
            new("SAN requirement against 1,000 names",
            [
                Suites.Unit(rsa),
                Many("SAN met by the last of 1,000", thousand.Meet, true, s_thousand),
                Many("SAN not met, 1,000 names", thousand.Reject, false, s_thousand),
                .. Peers(thousand),
            ]),
        ]);
    }

    internal static Suite<GrowthTable> CreateGrowth() => new([
        new("subject alternative names", "names", [.. new[] { 1, 4, 32, 1000 }.Select(names => new GrowthRow(names, Row(new(names))))]),
    ]);

    private static Case[] Row(SanMaterial sans) => [Many("met", sans.Meet, true), Many("not met", sans.Reject, false), .. Peers(sans)];

    private static Case[] Peers(SanMaterial sans) =>
    [
        Case.Peer("X509SubjectAlternativeNameExtension", sans.Peers.X509Extension),
        Case.Peer("X509SubjectAlternativeNameExtension, not met", sans.Peers.X509ExtensionReject, expected: false),
        Case.Peer("Bouncy Castle", sans.Peers.BouncyCastle),
        Case.Peer("Bouncy Castle, not met", sans.Peers.BouncyCastleReject, expected: false),
    ];

    private static Case Many(string name, Func<bool> run, bool expected, Goal? goal = null) =>
        new(name, run, expected, goal) { Operations = SanMaterial.Operations };
}
