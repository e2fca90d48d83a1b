using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using CertAuth.Tls;

namespace CertAuth.Transport;

/// <summary>Explains why a handshake failed, by what one side saw of its peer.</summary>
/// <param name="peer">The peer, as a sentence names it: <c>client</c> or <c>server</c>.</param>
/// <param name="timeout">The longest time that a handshake may take.</param>
/// <param name="serverVersions">The versions that this side speaks, if it is the server.</param>
internal sealed class HandshakeExplainer(string peer, TimeSpan timeout, SslProtocols serverVersions = SslProtocols.None)
{
    // OpenSSL 3, ERR_PACK(ERR_LIB_ASN1, ERR_R_EVP_LIB), from ASN1_item_verify: the issuer's key did not make the signature.
    private const int SignatureNotVerified = 0x06880006;

    internal static HandshakeRejection TooMany(HandshakeLimiter limiter) => new(
        HandshakeRejectionKind.TooManyHandshakes,
        $"The client's address has {limiter.MaxPerAddress} handshakes under way, and this one got no permit within "
        + $"{Seconds(HandshakeLimiter.MaxWait)}.");

    /// <summary>Explains a failure with the first reason that applies.</summary>
    internal HandshakeRejection Explain(HandshakeTrace trace, Rejection? certificate, Exception exception, bool isTimeout)
    {
        if (certificate is not null)
            return OfCertificate(certificate, exception);
        if (isTimeout)
        {
            return Reject(
                HandshakeRejectionKind.TimedOut,
                $"The handshake did not complete within {Seconds(timeout)}; the {peer} sent {trace.ReceivedBytes} bytes.",
                exception);
        }

        // From the platform's own chain, which cannot be switched off: for malformed certificate policies, say.
        if (exception is CryptographicException)
        {
            Rejection malformed = new(RejectionReason.CertificateMalformed, "a certificate that the platform can read", exception.Message);
            return OfCertificate(malformed, exception);
        }

        // With an AuthenticationException the connection broke when .NET answered with an alert: the alert's cause is the reason.
        if (trace.IsClosed && exception is not AuthenticationException)
            return OfClosed(trace, exception);
        return OfHello(trace, exception)
            ?? Reject(HandshakeRejectionKind.HandshakeFailed, Describe(exception.GetBaseException()), exception);
    }

    private HandshakeRejection OfClosed(HandshakeTrace trace, Exception exception) => Reject(
        HandshakeRejectionKind.ConnectionClosed,
        trace.ReceivedBytes == 0
            ? $"The {peer} closed the connection before it sent anything."
            : $"The {peer} closed the connection during the handshake. It may not trust the certificate that it was shown.",
        exception);

    private HandshakeRejection? OfHello(HandshakeTrace trace, Exception exception)
    {
        if (serverVersions == SslProtocols.None)
            return null;
        if (trace.Offered is not { } offered)
        {
            return Reject(
                HandshakeRejectionKind.NotTls,
                $"The {peer} did not start a TLS handshake: the {trace.ReceivedBytes} bytes that it sent are no ClientHello.",
                exception);
        }

        return TlsVersions.GetHighest(offered) < TlsVersions.GetLowest(serverVersions)
            ? Reject(
                HandshakeRejectionKind.HandshakeFailed,
                $"The {peer} offers at most TLS {TlsVersions.GetNumber(TlsVersions.GetHighest(offered))}; the minimum is "
                + $"{TlsVersions.GetNumber(TlsVersions.GetLowest(serverVersions))}.",
                exception)
            : null;
    }

    private string Describe(Exception cause) => cause.HResult == SignatureNotVerified
        ? $"The handshake failed before the {peer} certificate was checked: among the certificates that the {peer} sent, the platform "
            + "found a signature that does not verify. A certificate without key identifiers causes it, too, if another CA of its issuer's "
            + "name was sent with it."
        : $"The handshake failed: {LogText.Escape(cause.Message)}";

    private HandshakeRejection OfCertificate(Rejection certificate, Exception exception) =>
        new(HandshakeRejectionKind.CertificateRejected, $"The {peer} certificate was rejected.", certificate, exception);

    private static HandshakeRejection Reject(HandshakeRejectionKind kind, string explanation, Exception exception) =>
        new(kind, explanation, exception: exception);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} seconds");
}
