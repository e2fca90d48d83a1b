using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

public sealed class TlsConnectionInfoTests
{
    private const TlsCipherSuite Suite = TlsCipherSuite.TLS_AES_256_GCM_SHA384;

    // Verifying isn't the question here, and nothing reads the certificate.
    private static readonly VerifiedCertificate s_certificate =
        (VerifiedCertificate)RuntimeHelpers.GetUninitializedObject(typeof(VerifiedCertificate));

    private static readonly Refusal s_refusal = new(FailureReason.Expired);

    [Fact]
    public void Defaults_AreADirectConnectionWithoutCertificates()
    {
        TlsConnectionInfo connection = new() { Protocol = SslProtocols.Tls13, CipherSuite = Suite };

        Assert.Equal(FactsOrigin.Direct, connection.Origin);
        Assert.Null(connection.ClientCertificate);
        Assert.Null(connection.ClientCertificateRefusal);
        Assert.False(connection.ClientCertificateRequested);
        Assert.Empty(connection.AllowedCipherSuites);
        Assert.Null(connection.ServerCertificateNotBefore);
        Assert.Null(connection.ServerCertificateNotAfter);
    }

    [Theory]
    [InlineData(0x00C0)]
    [InlineData(0x0300)]
    [InlineData(0x0C00)]
    [InlineData(0x3000)]
    public void Protocol_IsOneTlsVersion(int number) => Assert.Equal(
        (SslProtocols)number, new TlsConnectionInfo { Protocol = (SslProtocols)number, CipherSuite = Suite }.Protocol);

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0030)]
    [InlineData(0x3C00)]
    [InlineData(12345)]
    public void Protocol_ThrowsForAnythingElse(int number) => Assert.Throws<ArgumentException>(
        () => new TlsConnectionInfo { Protocol = (SslProtocols)number, CipherSuite = Suite });

    [Fact]
    public void ClientCertificate_AndItsRefusal_ExcludeEachOther()
    {
        Assert.Throws<ArgumentException>(() => new TlsConnectionInfo
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = s_certificate,
            ClientCertificateRefusal = s_refusal,
        });
        Assert.Throws<ArgumentException>(() => new TlsConnectionInfo
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificateRefusal = s_refusal,
            ClientCertificate = s_certificate,
        });
    }

    [Fact]
    public void ClientCertificate_OrItsRefusal_MayBeSet()
    {
        TlsConnectionInfo verified = new()
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = s_certificate,
            ClientCertificateRefusal = null,
        };
        TlsConnectionInfo refused = new()
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = null,
            ClientCertificateRefusal = s_refusal,
        };

        Assert.Same(s_certificate, verified.ClientCertificate);
        Assert.Same(s_refusal, refused.ClientCertificateRefusal);
    }

    [Fact]
    public void AllowedCipherSuites_TakesTheDefaultArrayForNone()
    {
        TlsConnectionInfo connection = new() { Protocol = SslProtocols.Tls12, CipherSuite = Suite, AllowedCipherSuites = default };

        Assert.False(connection.AllowedCipherSuites.IsDefault);
        Assert.Empty(connection.AllowedCipherSuites);
    }

    [Fact]
    public void Origin_IsNotTheHostsToSet() =>
        Assert.False(typeof(TlsConnectionInfo).GetProperty(nameof(TlsConnectionInfo.Origin))!.SetMethod!.IsPublic);
}
