using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of parsing a certificate.</summary>
internal static class CertificateParsingSuite
{
    private const double Read = 0.01;

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        CertificateParsingMaterial facts = new();
        return new([
            new("all facts of a certificate from its DER",
            [
                Suites.Unit(rsa),
                new("all facts, names as DER in place", facts.Read, true, Read),
                new("certificate rejected: its last field", facts.Reject, false, Read),
                new("all facts, names as text and SANs as objects", facts.ReadObjects, true),
                Case.Peer("LoadCertificate, names as DER", facts.LoadCertificate),
                Case.Peer("LoadCertificate, names as text", facts.LoadCertificateObjects),
            ]),
        ]);
    }
}
