using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Tls;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Certificates;

/// <summary>The cipher suite of a connection that the command line describes: one that such a connection can have.</summary>
internal static class NegotiatedSuite
{
    // RFC 8446, B.4: the suites of TLS 1.3 are 0x13xx, and of no other version.
    private const int Tls13Byte = 0x13;

    /// <param name="name">By either name; null for a usual one of the version.</param>
    /// <param name="protocol">TLS 1.2 or 1.3.</param>
    /// <exception cref="UserErrorException">There is no such suite, or no server negotiates it with that version.</exception>
    internal static TlsCipherSuite Read(string? name, SslProtocols protocol)
    {
        if (name is null)
            return protocol == SslProtocols.Tls12 ? TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 : TlsCipherSuite.TLS_AES_256_GCM_SHA384;
        if (!CipherSuites.TryParseName(name, out TlsCipherSuite suite))
        {
            _ = CipherSuites.TryParseList(name, out _, out CipherListError error);
            throw new UserErrorException(error == default ? "--cipher: a connection has one cipher suite." : $"--cipher: {TerminalText.Escape(error.ToString())}");
        }

        bool isOfTls13 = (int)suite >> 8 == Tls13Byte;
        if (isOfTls13 != (protocol == SslProtocols.Tls13))
            throw new UserErrorException($"--cipher: {suite} is a suite of TLS {(isOfTls13 ? "1.3" : "1.2")}; give --tls {(isOfTls13 ? "1.3" : "1.2")}, or another suite.");
        return suite.ToString().Contains("WITH_NULL", StringComparison.Ordinal)
            ? throw new UserErrorException($"--cipher: {suite} doesn't encrypt; no server negotiates it.")
            : suite;
    }
}
