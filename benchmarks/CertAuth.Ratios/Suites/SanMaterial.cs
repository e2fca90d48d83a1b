using System.Net;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's alternative names with required ones, and the search for a DNS name in the bytes of the
/// extension without the library.</summary>
/// <remarks>The required name is the certificate's last, so that all are compared. They are not cached.</remarks>
internal sealed class SanMaterial
{
    internal const string Present = "db-1.example.org", Absent = "db-X.example.org";

    internal readonly SanRequirement Last = SanRequirement.Parse($"DNS:{Present}");
    internal readonly SanRequirement Missing = SanRequirement.Parse($"DNS:{Absent}");

    /// <summary>A requirement of two kinds of names, and a URI pattern with a wildcard segment. Both need at least three names.</summary>
    internal readonly SanRequirement Both = SanRequirement.Parse($"DNS:{Present},URI:spiffe://example.org/service/2");
    internal readonly SanRequirement Pattern = SanRequirement.Parse("URI:spiffe://example.org/*/2");

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

    private readonly VerifiedCertificate _certificate;
    private readonly byte[] _extension;

    internal SanMaterial(int names)
    {
        TestSan[] sans = [.. Enumerable.Range(0, names - 1).Select(Other), TestSan.Dns(Present)];
        _certificate = Logins.Verify(Logins.Bundle(s_ca), s_ca.Issue(new() { Subject = TestName.Of(("CN", "db")), Sans = sans }).Der);
        _extension = TestSan.Encode(sans);
    }

    /// <summary>Performs <see cref="Case.Many"/> comparisons.</summary>
    internal bool IsMet(SanRequirement requirement)
    {
        int accepted = 0;
        for (int i = 0; i < Case.Many; i++)
            accepted += requirement.IsMetBy(_certificate) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    internal bool HasByX509Extension(string name) => new X509SubjectAlternativeNameExtension(_extension).EnumerateDnsNames()
        .Any(dns => string.Equals(dns, name, StringComparison.OrdinalIgnoreCase));

    internal bool HasByBouncyCastle(string name) => GeneralNames.GetInstance(Asn1Object.FromByteArray(_extension)).GetNames()
        .Any(general => general.TagNo == GeneralName.DnsName
            && string.Equals(((IAsn1String)general.Name).GetString(), name, StringComparison.OrdinalIgnoreCase));

    private static TestSan Other(int number) => (number % 3) switch
    {
        0 => TestSan.Dns($"db-{number}.example.com"),
        1 => TestSan.Ip(new IPAddress([10, 0, (byte)(number >> 8), (byte)number])),
        _ => TestSan.Uri($"spiffe://example.org/service/{number}"),
    };
}
