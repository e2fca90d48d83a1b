using System.Security.Authentication;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

public sealed class TlsVersionsTests
{
    // The values are numbers because SslProtocols.Tls and Tls11 are obsolete.
    [Theory]
    [InlineData(0x00C0, "TLSv1")]
    [InlineData(0x0300, "TLSv1.1")]
    [InlineData(0x0C00, "TLSv1.2")]
    [InlineData(0x3000, "TLSv1.3")]
    public void GetName_ReturnsTheNameOfEachTlsVersion(int number, string name)
    {
        TlsVersions.GetName((SslProtocols)number).Should().Be(name);
        TlsVersions.IsKnown((SslProtocols)number).Should().BeTrue();
    }

    [Theory]
    [InlineData(0x0000)] // None
    [InlineData(0x000C)] // SSL 2
    [InlineData(0x0030)] // SSL 3
    [InlineData(0x00F0)] // Default: SSL 3 and TLS 1.0
    [InlineData(0x3C00)] // TLS 1.2 and 1.3
    [InlineData(0x0400)] // the client bit of TLS 1.2
    [InlineData(-1)]
    public void GetName_Throws_WhenTheValueIsNotOneTlsVersion(int number)
    {
        TlsVersions.IsKnown((SslProtocols)number).Should().BeFalse();
        FluentActions.Invoking(() => TlsVersions.GetName((SslProtocols)number)).Should().ThrowExactly<ArgumentOutOfRangeException>();
    }
}
