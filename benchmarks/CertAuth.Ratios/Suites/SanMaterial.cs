using System.Net;
using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's alternative names with required ones. Each call performs <see cref="Case.Many"/>
/// operations.</summary>
/// <remarks>The required name is the certificate's last, so that all are compared. They are not cached.</remarks>
internal sealed class SanMaterial
{
    private const string Wanted = "db-1.example.org", Missing = "db-X.example.org";

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));

    private readonly VerifiedCertificate _certificate;
    private readonly SanRequirement _met = SanRequirement.Parse($"DNS:{Wanted}");
    private readonly SanRequirement _missed = SanRequirement.Parse($"DNS:{Missing}");
    private readonly SanRequirement _both = SanRequirement.Parse($"DNS:{Wanted},URI:spiffe://example.org/service/2");
    private readonly SanRequirement _pattern = SanRequirement.Parse("URI:spiffe://example.org/*/2");

    /// <summary>Creates material with a certificate of a number of names.</summary>
    internal SanMaterial(int names)
    {
        TestSan[] sans = [.. Enumerable.Range(0, names - 1).Select(Other), TestSan.Dns(Wanted)];
        _certificate = Logins.Verify(Logins.Bundle(s_ca), s_ca.Issue(new() { Subject = TestName.Of(("CN", "db")), Sans = sans }).Der);
        Peers = new(TestSan.Encode(sans), Wanted, Missing);
    }

    /// <summary>The implementations without the library.</summary>
    internal SanPeers Peers { get; }

    internal bool Meet() => IsMet(_met);

    /// <summary>Meets a requirement of two kinds of names. Needs at least three names.</summary>
    internal bool MeetBoth() => IsMet(_both);

    /// <summary>Meets a URI pattern with a wildcard segment. Needs at least three names.</summary>
    internal bool MeetPattern() => IsMet(_pattern);

    internal bool Reject() => IsMet(_missed);

    private bool IsMet(SanRequirement requirement)
    {
        int accepted = 0;
        for (int i = 0; i < Case.Many; i++)
            accepted += requirement.IsMetBy(_certificate) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    private static TestSan Other(int number) => (number % 3) switch
    {
        0 => TestSan.Dns($"db-{number}.example.com"),
        1 => TestSan.Ip(new IPAddress([10, 0, (byte)(number >> 8), (byte)number])),
        _ => TestSan.Uri($"spiffe://example.org/service/{number}"),
    };
}
