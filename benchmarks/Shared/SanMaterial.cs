using System.Net;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.Benchmarks;

/// <summary>The comparison of a certificate's alternative names with required ones. Each call performs <see cref="Operations"/>
/// operations.</summary>
/// <remarks>The required name is the certificate's last, so that all are compared. They are not cached.</remarks>
public sealed class SanMaterial
{
    /// <summary>The number of operations in one call.</summary>
    public const int Operations = 64;

    private const string Wanted = "db-1.example.org", Missing = "db-X.example.org";

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
    private static readonly TrustBundle s_bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem));

    private readonly VerifiedCertificate _certificate;
    private readonly SanRequirement _met = SanRequirement.Parse($"DNS:{Wanted}");
    private readonly SanRequirement _missed = SanRequirement.Parse($"DNS:{Missing}");
    private readonly SanRequirement _both = SanRequirement.Parse($"DNS:{Wanted},URI:spiffe://example.org/service/2");
    private readonly SanRequirement _pattern = SanRequirement.Parse("URI:spiffe://example.org/*/2");

    /// <summary>Creates material with a certificate of a number of names.</summary>
    public SanMaterial(int names)
    {
        TestSan[] sans = [.. Enumerable.Range(0, names - 1).Select(Other), TestSan.Dns(Wanted)];
        byte[] der = s_ca.Issue(new() { Subject = TestName.Of(("CN", "db")), Sans = sans }).Der.ToArray();
        _certificate = s_bundle.TryVerify(der, [], out VerifiedCertificate? certificate, out Rejection? rejection)
            ? certificate
            : throw new InvalidOperationException(rejection.ToString());
        Peers = new(TestSan.Encode(sans), Wanted, Missing);
    }

    /// <summary>The implementations without the library.</summary>
    public SanPeers Peers { get; }

    public bool Meet() => IsMet(_met);

    /// <summary>Meets a requirement of two kinds of names. Needs at least three names.</summary>
    public bool MeetBoth() => IsMet(_both);

    /// <summary>Meets a URI pattern with a wildcard segment. Needs at least three names.</summary>
    public bool MeetPattern() => IsMet(_pattern);

    public bool Reject()
    {
        bool isMet = false;
        for (int i = 0; i < Operations; i++)
            isMet |= _missed.IsMetBy(_certificate);
        return isMet;
    }

    private bool IsMet(SanRequirement requirement)
    {
        bool isMet = true;
        for (int i = 0; i < Operations; i++)
            isMet &= requirement.IsMetBy(_certificate);
        return isMet;
    }

    private static TestSan Other(int number) => (number % 3) switch
    {
        0 => TestSan.Dns($"db-{number}.example.com"),
        1 => TestSan.Ip(new IPAddress([10, 0, (byte)(number >> 8), (byte)number])),
        _ => TestSan.Uri($"spiffe://example.org/service/{number}"),
    };
}
