namespace CertAuth.Ratios.Suites;

/// <summary>The cost of parsing a certificate.</summary>
internal static class CertificateParsingSuite
{
    private const double Read = 0.01;

    internal static Suite Create(Case unit)
    {
        Cases<CertificateParsingMaterial> facts = new(() => new());
        return new(
        [
            new("all facts of a certificate from its DER",
            [
                unit,
                facts.Of("all facts, names as DER in place", m => m.Read(m.Der), true, Read),
                facts.Of("certificate rejected: its last field", m => m.Read(m.Malformed), false, Read),
                facts.Of("all facts, names as text and SANs as objects", m => m.ReadObjects()),
                facts.Peer("LoadCertificate, names as DER", m => m.LoadCertificate()),
                facts.Peer("LoadCertificate, names as text", m => m.LoadCertificateObjects()),
            ]),
        ]);
    }
}
