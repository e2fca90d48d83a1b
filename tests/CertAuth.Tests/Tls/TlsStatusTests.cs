using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

public sealed class TlsStatusTests
{
    private const TlsCipherSuite Suite = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

    //  variable                  without TLS  with TLS
    //  Ssl_cipher                             the name of the suite
    //  Ssl_cipher_list                        the allowed suites, separated by ':'
    //  Ssl_server_not_after                   Apr 23 07:59:47 2024 UTC
    //  Ssl_server_not_before                  Jan  2 03:04:05 2024 UTC
    //  Ssl_verify_mode           0            5 if client certificates are requested
    //  Ssl_version                            TLSv1.2
    [Fact]
    public void GetRows_ReturnsDefaults_WithoutTls() => TlsStatus.GetRows(null).Should().Equal(
        new TlsStatusRow("Ssl_cipher", ""),
        new TlsStatusRow("Ssl_cipher_list", ""),
        new TlsStatusRow("Ssl_server_not_after", ""),
        new TlsStatusRow("Ssl_server_not_before", ""),
        new TlsStatusRow("Ssl_verify_mode", "0"),
        new TlsStatusRow("Ssl_version", ""));

    [Theory]
    [InlineData(FactsOrigin.Direct)]
    [InlineData(FactsOrigin.Forwarded)]
    public void GetRows_ReturnsTheFacts_DirectOrForwarded(FactsOrigin origin)
    {
        TlsConnectionInfo connection = new()
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = Suite,
            AllowedCipherSuites = [TlsCipherSuite.TLS_AES_256_GCM_SHA384, Suite, (TlsCipherSuite)0xC0FF],
            ClientCertificateRequested = true,
            ServerCertificateNotBefore = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
            ServerCertificateNotAfter = new(2024, 4, 23, 7, 59, 47, TimeSpan.Zero),
            Origin = origin,
        };

        TlsStatus.GetRows(connection).Should().Equal(
            new TlsStatusRow("Ssl_cipher", "ECDHE-RSA-AES128-GCM-SHA256"),
            new TlsStatusRow("Ssl_cipher_list", "TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES128-GCM-SHA256:0xC0FF"),
            new TlsStatusRow("Ssl_server_not_after", "Apr 23 07:59:47 2024 UTC"),
            new TlsStatusRow("Ssl_server_not_before", "Jan  2 03:04:05 2024 UTC"),
            new TlsStatusRow("Ssl_verify_mode", "5"),
            new TlsStatusRow("Ssl_version", "TLSv1.2"));
    }

    [Fact]
    public void ToString_ContainsNameAndValue() =>
        TlsStatus.GetRows(null)[4].ToString().Should().Be("Ssl_verify_mode: 0");

    [Fact]
    public void GetRows_ReturnsAnEmptyValue_ForAnUnknownFact() =>
        TlsStatus.GetRows(new() { Protocol = SslProtocols.Tls13, CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256 }).Should().Equal(
            new TlsStatusRow("Ssl_cipher", "TLS_AES_128_GCM_SHA256"),
            new TlsStatusRow("Ssl_cipher_list", ""),
            new TlsStatusRow("Ssl_server_not_after", ""),
            new TlsStatusRow("Ssl_server_not_before", ""),
            new TlsStatusRow("Ssl_verify_mode", "0"),
            new TlsStatusRow("Ssl_version", "TLSv1.3"));

    [Theory]
    [InlineData("2024-04-09T23:59:59Z", "Apr  9 23:59:59 2024 UTC")]
    [InlineData("2024-04-10T00:00:00Z", "Apr 10 00:00:00 2024 UTC")]
    [InlineData("2024-03-01T00:30:00+02:00", "Feb 29 22:30:00 2024 UTC")]
    [InlineData("2023-12-31T23:30:00-01:00", "Jan  1 00:30:00 2024 UTC")]
    [InlineData("2049-12-31T12:00:00.9999999Z", "Dec 31 12:00:00 2049 UTC")]
    [InlineData("0001-01-01T00:00:00Z", "Jan  1 00:00:00 0001 UTC")]
    [InlineData("9999-12-31T23:59:59Z", "Dec 31 23:59:59 9999 UTC")]
    public void GetRows_FormatsDatesInUtc(string date, string expected)
    {
        DateTimeOffset time = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);
        TlsConnectionInfo connection = new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = Suite,
            ServerCertificateNotBefore = time,
            ServerCertificateNotAfter = time,
        };

        TlsStatus.GetRows(connection).Where(row => row.Name.Contains("_not_", StringComparison.Ordinal)).Should().Equal(
            new TlsStatusRow("Ssl_server_not_after", expected), new TlsStatusRow("Ssl_server_not_before", expected));
    }

    [Fact]
    public void GetRows_IgnoresTheCurrentCulture()
    {
        CultureInfo ambient = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.DateTimeFormat.AbbreviatedMonthNames = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", ""];
        other.DateTimeFormat.TimeSeparator = ".";
        TlsConnectionInfo connection = new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = Suite,
            ServerCertificateNotAfter = new(2024, 4, 23, 7, 59, 47, TimeSpan.Zero),
        };
        CultureInfo.CurrentCulture = other;
        try
        {
            TlsStatus.GetRows(connection).Should().Contain(new TlsStatusRow("Ssl_server_not_after", "Apr 23 07:59:47 2024 UTC"));
        }
        finally
        {
            CultureInfo.CurrentCulture = ambient;
        }
    }
}
