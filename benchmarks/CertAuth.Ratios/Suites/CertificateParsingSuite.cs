namespace CertAuth.Ratios.Suites;

/// <summary>The cost of parsing a certificate.</summary>
internal static class CertificateParsingSuite
{
    private const double Read = 0.01;

    internal static Suite Create(Case unit)
    {
        Lazy<CertificateParsingMaterial> facts = new(() => new());
        return new(
        [
            new("all facts of a certificate from its DER",
            [
                unit,
                new("all facts, names as DER in place", () => facts.Value.Read, true, Read),
                new("certificate rejected: its last field", () => facts.Value.Reject, false, Read),
                new("all facts, names as text and SANs as objects", () => facts.Value.ReadObjects),
                Case.Peer("LoadCertificate, names as DER", () => facts.Value.LoadCertificate),
                Case.Peer("LoadCertificate, names as text", () => facts.Value.LoadCertificateObjects),
            ]),
        ]);
    }
}
