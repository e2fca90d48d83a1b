using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of comparing a certificate's name with a required one, and of formatting it.</summary>
internal static class NameSuite
{
    private const int Usual = 7;

    private static readonly Goal s_compare = new(0.006, Bytes: 0), s_again = new(0.0005, Bytes: 0);

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        NameMaterial name = new(Usual);
        return new([
            new($"name of {Usual} RDNs meets a requirement, in place",
            [
                Suites.Unit(rsa),
                Case.Peer("DER equality", name.EqualDer) with { Operations = NameMaterial.Operations },
                Many("name met, encoding not seen before", name.Meet, true, s_compare),
                Many("name met, the DER seen before", name.MeetSeen, true, s_again),
                Many("name rejected, the last RDN differs", name.Reject, false, s_compare),
                Case.Peer("AsnReader walk to text", name.Peers.AsnReader),
                Case.Peer("AsnReader walk to text, rejected", name.Peers.AsnReaderReject, expected: false),
                Case.Peer("X500DistinguishedName.Name", name.Peers.X500),
                Case.Peer("X500DistinguishedName.Name, rejected", name.Peers.X500Reject, expected: false),
                Case.Peer("Bouncy Castle", name.Peers.BouncyCastle),
                Case.Peer("Bouncy Castle, rejected", name.Peers.BouncyCastleReject, expected: false),
            ]),
            new($"name of {Usual} RDNs to canonical text",
            [
                Suites.Unit(rsa),
                Many("name to canonical text", name.Format, true, new(0.008, name.TextBytes)),
                Case.Peer("AsnReader walk to text", name.Peers.AsnReader),
                Case.Peer("X500DistinguishedName.Name", name.Peers.X500),
                Case.Peer("Bouncy Castle", name.Peers.BouncyCastleText),
            ]),
        ]);
    }

    internal static Suite<GrowthTable> CreateGrowth() => new([
        new("names", "RDNs", [.. new[] { 1, 7, 64, 512 }.Select(rdns => new GrowthRow(rdns, Row(new(rdns))))]),
    ]);

    private static Case[] Row(NameMaterial name) =>
    [
        Many("met", name.Meet, true),
        Many("seen before", name.MeetSeen, true),
        Many("rejected", name.Reject, false),
        Many("to text", name.Format, true),
        Case.Peer("DER equality", name.EqualDer) with { Operations = NameMaterial.Operations },
        Case.Peer("AsnReader", name.Peers.AsnReader),
        Case.Peer("X500DistinguishedName", name.Peers.X500),
        Case.Peer("Bouncy Castle", name.Peers.BouncyCastle),
    ];

    private static Case Many(string name, Func<bool> run, bool expected, Goal? goal = null) =>
        new(name, run, expected, goal) { Operations = NameMaterial.Operations };
}
