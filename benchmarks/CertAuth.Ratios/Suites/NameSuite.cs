namespace CertAuth.Ratios.Suites;

/// <summary>The cost of comparing a certificate's name with a required one, and of formatting it.</summary>
internal static class NameSuite
{
    private const int Usual = 7;

    private static readonly Goal s_compare = new(0.006, Bytes: 0), s_again = new(0.0005, Bytes: 0);

    internal static Suite Create(Case unit)
    {
        Cases<NameMaterial> name = new(() => new(Usual));
        return new(
            [
                new($"name of {Usual} RDNs meets a requirement, in place", [unit, .. Compare(name)]),
                new($"name of {Usual} RDNs to canonical text",
                [
                    unit,
                    name.Peer("AsnReader walk to text", m => m.Peers.AsnReader(m.Cached)),
                    name.Peer("X500DistinguishedName.Name", m => m.Peers.X500(m.Cached)),
                    .. Format(name),
                ]),
            ],
            Table.Growing("names", "RDNs", unit, [1, 7, 64, 512], rdns =>
            {
                Cases<NameMaterial> grown = new(() => new(rdns));
                return [.. Compare(grown), .. Format(grown)];
            }));
    }

    private static Case[] Compare(Cases<NameMaterial> name) =>
    [
        name.OfMany("DER equality", m => m.EqualDer(), growth: "DER equality") with { IsPeer = true },
        name.OfMany("name met, encoding not seen before", m => m.Matches(m.Unseen), true, s_compare, "met"),
        name.OfMany("name met, the DER seen before", m => m.Matches(m.Seen), true, s_again, "seen before"),
        name.OfMany("name rejected, the last RDN differs", m => m.Matches(m.Others), false, s_compare, "rejected"),
        name.Peer("AsnReader walk to text", m => m.Peers.AsnReader(m.Cached), true, "AsnReader"),
        name.Peer("AsnReader walk to text, rejected", m => m.Peers.AsnReader(m.Others[0]), false, "AsnReader, rejected"),
        name.Peer("X500DistinguishedName.Name", m => m.Peers.X500(m.Cached), true, "X500DistinguishedName"),
        name.Peer("X500DistinguishedName.Name, rejected", m => m.Peers.X500(m.Others[0]), false, "X500DistinguishedName, rejected"),
        name.Peer("Bouncy Castle", m => m.Peers.BouncyCastle(m.Cached), true, "Bouncy Castle"),
        name.Peer("Bouncy Castle, rejected", m => m.Peers.BouncyCastle(m.Others[0]), false, "Bouncy Castle, rejected"),
    ];

    private static Case[] Format(Cases<NameMaterial> name) =>
    [
        name.OfMany("name to canonical text", m => m.Format(), true, new(0.008, NameMaterial.TextBytes(Usual)), "to text"),
        name.Peer("Bouncy Castle", m => m.Peers.BouncyCastleText(m.Cached), true, "Bouncy Castle to text"),
    ];
}
