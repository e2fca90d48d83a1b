using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

public sealed class TlsConnectionInfoTests
{
    private const TlsCipherSuite Suite = TlsCipherSuite.TLS_AES_256_GCM_SHA384;

    // These tests neither verify the certificate nor read it.
    private static readonly VerifiedCertificate s_certificate =
        (VerifiedCertificate)RuntimeHelpers.GetUninitializedObject(typeof(VerifiedCertificate));

    private static readonly Rejection s_rejection = new(RejectionReason.CertificateExpired);

    [Fact]
    public void Defaults_AreADirectConnectionWithoutCertificates()
    {
        TlsConnectionInfo connection = new() { Protocol = SslProtocols.Tls13, CipherSuite = Suite };

        connection.Origin.Should().Be(FactsOrigin.Direct);
        connection.ClientCertificate.Should().BeNull();
        connection.ClientCertificateRejection.Should().BeNull();
        connection.ClientCertificateRequested.Should().BeFalse();
        connection.AllowedCipherSuites.Should().BeEmpty();
        connection.ServerCertificateNotBefore.Should().BeNull();
        connection.ServerCertificateNotAfter.Should().BeNull();
    }

    [Theory]
    [InlineData(0x00C0)]
    [InlineData(0x0300)]
    [InlineData(0x0C00)]
    [InlineData(0x3000)]
    public void Protocol_AcceptsEachTlsVersion(int number) =>
        new TlsConnectionInfo { Protocol = (SslProtocols)number, CipherSuite = Suite }.Protocol.Should().Be((SslProtocols)number);

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0030)]
    [InlineData(0x3C00)]
    [InlineData(12345)]
    public void Protocol_Throws_WhenTheValueIsNotOneTlsVersion(int number) => FluentActions.Invoking(
        () => new TlsConnectionInfo { Protocol = (SslProtocols)number, CipherSuite = Suite }).Should().ThrowExactly<ArgumentException>()
        .WithMessage($"Protocol must be one TLS version from 1.0 to 1.3, but is {number}.*");

    [Fact]
    public void ClientCertificateAndItsRejection_AreMutuallyExclusive()
    {
        FluentActions.Invoking(() => new TlsConnectionInfo
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = s_certificate,
            ClientCertificateRejection = s_rejection,
        }).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new TlsConnectionInfo
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificateRejection = s_rejection,
            ClientCertificate = s_certificate,
        }).Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void ClientCertificate_OrItsRejection_CanBeSet()
    {
        TlsConnectionInfo verified = new()
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = s_certificate,
            ClientCertificateRejection = null,
        };
        TlsConnectionInfo rejected = new()
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            ClientCertificate = null,
            ClientCertificateRejection = s_rejection,
        };

        verified.ClientCertificate.Should().BeSameAs(s_certificate);
        rejected.ClientCertificateRejection.Should().BeSameAs(s_rejection);
    }

    [Fact]
    public void AllowedCipherSuites_TreatsADefaultArrayAsEmpty()
    {
        TlsConnectionInfo connection = new() { Protocol = SslProtocols.Tls12, CipherSuite = Suite, AllowedCipherSuites = default };

        connection.AllowedCipherSuites.IsDefault.Should().BeFalse();
        connection.AllowedCipherSuites.Should().BeEmpty();
    }

    [Fact]
    public void Origin_CannotBeSetByTheApplication() =>
        typeof(TlsConnectionInfo).GetProperty(nameof(TlsConnectionInfo.Origin))!.SetMethod!.IsPublic.Should().BeFalse();
}
