using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Tls;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Certificates;

/// <summary>Reads the option <c>--cipher</c>: the cipher suite of a connection.</summary>
internal static class NegotiatedSuite
{
    // RFC 8446, B.4: the cipher suites of TLS 1.3, and of no other version, are 0x13xx.
    private const int Tls13Byte = 0x13;

    /// <summary>Reads a cipher suite that a server can negotiate with a TLS version.</summary>
    /// <param name="name">The IANA or OpenSSL name; null for a common cipher suite of the version.</param>
    /// <param name="protocol">TLS 1.2 or 1.3.</param>
    /// <exception cref="UserErrorException">The name is unknown, or no server negotiates the cipher suite with that version.</exception>
    internal static TlsCipherSuite Read(string? name, SslProtocols protocol)
    {
        if (name is null)
        {
            return protocol == SslProtocols.Tls12
                ? TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                : TlsCipherSuite.TLS_AES_256_GCM_SHA384;
        }

        if (!CipherSuites.TryParseName(name, out TlsCipherSuite suite))
        {
            _ = CipherSuites.TryParseList(name, out _, out CipherListError error);
            string problem = error == default ? "Specify only one cipher suite." : TerminalText.Escape(error.ToString());
            throw new UserErrorException($"--cipher: {problem}");
        }

        string ianaName = CipherSuites.GetIanaName(suite);
        bool isTls13 = (int)suite >> 8 == Tls13Byte;
        string version = isTls13 ? "1.3" : "1.2";
        if (isTls13 != (protocol == SslProtocols.Tls13))
        {
            throw new UserErrorException(
                $"--cipher: {ianaName} is a TLS {version} cipher suite; specify --tls {version} or another cipher suite.");
        }

        return ianaName.Contains("WITH_NULL", StringComparison.Ordinal)
            ? throw new UserErrorException($"--cipher: {ianaName} does not encrypt; no server negotiates it.")
            : suite;
    }
}
