using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;

namespace CertAuth.Tests.Requirements;

/// <summary>Client certificates and connections for tests. A certificate that is marked as verified is not really verified.</summary>
internal static class Clients
{
    internal const TlsCipherSuite Aes128 = TlsCipherSuite.TLS_AES_128_GCM_SHA256;
    internal const TlsCipherSuite Aes256 = TlsCipherSuite.TLS_AES_256_GCM_SHA384;

    private const string SanOid = "2.5.29.17";

    private static readonly TestKey s_key = TestKey.Create();
    private static readonly TestCertificateAuthority s_ca =
        TestCertificateAuthority.Create(TestName.Of(("CN", "CA")), new() { Key = s_key });

    /// <summary>Gets a name with a value that is not valid UTF-8.</summary>
    internal static TestName MalformedName { get; } = TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x0C, [0x61, 0xC3])));

    internal static ParsedCertificate Certificate(
        TestName? subject = null, TestName? issuer = null, IReadOnlyList<TestSan>? sans = null,
        IReadOnlyList<TestExtension>? extensions = null)
    {
        TestCertificate issued = s_ca.Issue(new()
        {
            Subject = subject ?? TestName.Of(("CN", "client")),
            Issuer = issuer,
            Sans = sans ?? [],
            Extensions = extensions ?? [],
            Key = s_key,
        });
        return Read(issued.Der.Span);
    }

    internal static ParsedCertificate Read(ReadOnlySpan<byte> der)
    {
        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error), error.ToString());
        return certificate;
    }

    /// <summary>Marks a certificate as verified.</summary>
    internal static VerifiedCertificate Verified(ParsedCertificate certificate) => new(certificate, new byte[32]);

    /// <summary>Returns a subject alternative name extension with the specified bytes as its value.</summary>
    internal static TestExtension San(params byte[] value) => new(SanOid, critical: false, value);

    internal static TlsConnectionInfo Tls(ParsedCertificate? verified = null, TlsCipherSuite suite = Aes128) =>
        TlsWith(verified is null ? null : Verified(verified), suite);

    internal static TlsConnectionInfo TlsWith(VerifiedCertificate? certificate, TlsCipherSuite suite = Aes128) =>
        new() { Protocol = SslProtocols.Tls13, CipherSuite = suite, ClientCertificate = certificate };

    /// <summary>Returns a connection whose client presented a certificate that was rejected.</summary>
    internal static TlsConnectionInfo TlsRejected(Rejection rejection) =>
        new() { Protocol = SslProtocols.Tls13, CipherSuite = Aes128, ClientCertificateRejection = rejection };
}
