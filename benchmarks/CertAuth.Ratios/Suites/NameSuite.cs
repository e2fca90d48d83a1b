namespace CertAuth.Ratios.Suites;

/// <summary>The cost of comparing a certificate's name with a required one, and of formatting it.</summary>
internal static class NameSuite
{
    private const int Usual = 7;

    private static readonly Goal s_compare = new(0.006, Bytes: 0), s_again = new(0.0005, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Lazy<NameMaterial> name = new(() => new(Usual));
        return new(
            [
                new($"name of {Usual} RDNs meets a requirement, in place",
                [
                    unit,
                    Case.OfMany("DER equality", () => name.Value.EqualDer) with { IsPeer = true },
                    Case.OfMany("name met, encoding not seen before", () => name.Value.Meet, true, s_compare),
                    Case.OfMany("name met, the DER seen before", () => name.Value.MeetSeen, true, s_again),
                    Case.OfMany("name rejected, the last RDN differs", () => name.Value.Reject, false, s_compare),
                    Case.Peer("AsnReader walk to text", () => name.Value.Peers.AsnReader),
                    Case.Peer("AsnReader walk to text, rejected", () => name.Value.Peers.AsnReaderReject, expected: false),
                    Case.Peer("X500DistinguishedName.Name", () => name.Value.Peers.X500),
                    Case.Peer("X500DistinguishedName.Name, rejected", () => name.Value.Peers.X500Reject, expected: false),
                    Case.Peer("Bouncy Castle", () => name.Value.Peers.BouncyCastle),
                    Case.Peer("Bouncy Castle, rejected", () => name.Value.Peers.BouncyCastleReject, expected: false),
                ]),
                new($"name of {Usual} RDNs to canonical text",
                [
                    unit,
                    Case.OfMany("name to canonical text", () => name.Value.Format, true, new(0.008, NameMaterial.TextBytes(Usual))),
                    Case.Peer("AsnReader walk to text", () => name.Value.Peers.AsnReader),
                    Case.Peer("X500DistinguishedName.Name", () => name.Value.Peers.X500),
                    Case.Peer("Bouncy Castle", () => name.Value.Peers.BouncyCastleText),
                ]),
            ],
            Table.Growing("names", "RDNs", unit, [1, 7, 64, 512], rdns => Grow(new(() => new(rdns)))));
    }

    private static Case[] Grow(Lazy<NameMaterial> name) =>
    [
        Case.OfMany("met", () => name.Value.Meet),
        Case.OfMany("seen before", () => name.Value.MeetSeen),
        Case.OfMany("rejected", () => name.Value.Reject, false),
        Case.OfMany("to text", () => name.Value.Format),
        Case.OfMany("DER equality", () => name.Value.EqualDer) with { IsPeer = true },
        Case.Peer("AsnReader", () => name.Value.Peers.AsnReader),
        Case.Peer("AsnReader, rejected", () => name.Value.Peers.AsnReaderReject, expected: false),
        Case.Peer("X500DistinguishedName", () => name.Value.Peers.X500),
        Case.Peer("X500DistinguishedName, rejected", () => name.Value.Peers.X500Reject, expected: false),
        Case.Peer("Bouncy Castle", () => name.Value.Peers.BouncyCastle),
        Case.Peer("Bouncy Castle, rejected", () => name.Value.Peers.BouncyCastleReject, expected: false),
        Case.Peer("Bouncy Castle to text", () => name.Value.Peers.BouncyCastleText),
    ];
}
