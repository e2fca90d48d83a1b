using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;

namespace CertAuth.Transport;

/// <summary>A server's own certificate, ready for handshakes that fetch nothing.</summary>
/// <remarks>Immutable; safe for concurrent use. The certificate and its key stay the caller's: they are to live as long as connections use them.</remarks>
public sealed class ServerCertificate
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _intermediates;

    private ServerCertificate(
        X509Certificate2 certificate, X509Certificate2Collection intermediates, DateTimeOffset? notBefore, DateTimeOffset? notAfter)
    {
        _certificate = certificate;
        _intermediates = intermediates;
        Context = CreateContext(trust: null);
        NotBefore = notBefore;
        NotAfter = notAfter;
    }

    /// <summary>Start of its validity, in UTC; null where the certificate isn't DER.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary>End of its validity, in UTC; null where the certificate isn't DER.</summary>
    public DateTimeOffset? NotAfter { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Takes a certificate with its private key, and the intermediates that are sent with it. .NET also looks for intermediates in the
    /// certificate stores of user and machine.</summary>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The user's store of disallowed certificates can't be used.</exception>
    public static ServerCertificate Create(X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException("The server certificate has no private key.", nameof(certificate));

        return ClientCertificate.TryRead(certificate.RawDataMemory.Span, out ClientCertificate? facts, out _)
            ? new(certificate, [.. intermediates], facts.NotBefore, facts.NotAfter)
            : new(certificate, [.. intermediates], null, null);
    }

    // offline: without it each handshake may fetch OCSP and missing issuers.
    internal SslStreamCertificateContext CreateContext(SslCertificateTrust? trust) =>
        SslStreamCertificateContext.Create(_certificate, _intermediates, offline: true, trust);
}
