using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using CertAuth.Tls;

namespace CertAuth.Transport;

/// <summary>Explains why a handshake failed, from what one side observed.</summary>
/// <param name="peer">The name of the peer in sentences: <c>client</c> or <c>server</c>.</param>
/// <param name="timeout">The maximum duration of a handshake.</param>
/// <param name="serverVersions">The TLS versions that this side allows if it is the server; none if it is the client.</param>
internal sealed class HandshakeExplainer(string peer, TimeSpan timeout, SslProtocols serverVersions = SslProtocols.None)
{
    // OpenSSL 3, ERR_PACK(ERR_LIB_ASN1, ERR_R_EVP_LIB), from ASN1_item_verify: the signature does not verify with the issuer key.
    private const int SignatureNotVerified = 0x06880006;

    internal static HandshakeRejection ExplainTooManyHandshakes(HandshakeLimiter limiter) => new(
        HandshakeRejectionKind.TooManyHandshakes,
        $"The address of the client has {limiter.MaxPerAddress} handshakes in progress, which is the maximum, and none of them ended in "
        + "time. If many clients share the address, increase MaxHandshakesPerAddress.");

    /// <summary>Returns the first explanation that applies.</summary>
    internal HandshakeRejection Explain(HandshakeTrace trace, Rejection? certificate, Exception exception, bool isTimeout)
    {
        if (certificate is not null)
            return ExplainCertificate(certificate, exception);
        if (isTimeout)
        {
            return Reject(
                HandshakeRejectionKind.TimedOut,
                $"The handshake did not complete within {FormatSeconds(timeout)}; the {peer} sent {trace.ReceivedBytes} bytes.",
                exception);
        }

        // .NET could not build its own chain, which cannot be switched off: for example, because certificate policies are malformed.
        if (exception is CryptographicException)
        {
            Rejection malformed = new(RejectionReason.CertificateMalformed, "a certificate that the platform can read", exception.Message);
            return ExplainCertificate(malformed, exception);
        }

        // An AuthenticationException means that .NET rejected what the peer sent. The peer closed the connection, but this was noticed
        // only when .NET sent its alert.
        if (trace.IsClosed && exception is not AuthenticationException)
            return ExplainClosedConnection(trace, exception);
        return ExplainClientHello(trace, exception)
            ?? Reject(HandshakeRejectionKind.HandshakeFailed, DescribeCause(exception.GetBaseException()), exception);
    }

    private HandshakeRejection ExplainClosedConnection(HandshakeTrace trace, Exception exception) => Reject(
        HandshakeRejectionKind.ConnectionClosed,
        trace.ReceivedBytes == 0
            ? $"The {peer} closed the connection before it sent anything."
            : $"The {peer} closed the connection during the handshake. It may not trust this side's certificate.",
        exception);

    private HandshakeRejection? ExplainClientHello(HandshakeTrace trace, Exception exception)
    {
        if (serverVersions == SslProtocols.None)
            return null;
        if (trace.OfferedVersions is not { } offered)
        {
            return Reject(
                HandshakeRejectionKind.NotTls,
                $"The {peer} did not start a TLS handshake: the {trace.ReceivedBytes} bytes that it sent are not a ClientHello.",
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

    private string DescribeCause(Exception cause) => cause.HResult == SignatureNotVerified
        ? $"The handshake failed before the {peer} certificate was checked: among the certificates that the {peer} sent, the platform "
            + "found a signature that does not verify. A certificate without key identifiers also causes this error if another CA with "
            + "the name of its issuer was sent with it."
        : $"The handshake failed: {LogText.Escape(cause.Message)}";

    private HandshakeRejection ExplainCertificate(Rejection certificate, Exception exception) =>
        new(HandshakeRejectionKind.CertificateRejected, $"The {peer} certificate was rejected.", certificate, exception);

    private static HandshakeRejection Reject(HandshakeRejectionKind kind, string explanation, Exception exception) =>
        new(kind, explanation, exception: exception);

    private static string FormatSeconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} seconds");
}
