namespace CertAuth.Transport;

/// <summary>Why a TLS handshake did not succeed, with the facts behind it.</summary>
/// <remarks>For the application's log, never for the peer. Immutable; safe for concurrent use.</remarks>
public sealed class HandshakeRejection
{
    private readonly string _explanation;

    internal HandshakeRejection(
        HandshakeRejectionKind kind, string explanation, Rejection? certificate = null, Exception? exception = null) =>
        (Kind, _explanation, Certificate, Exception) = (kind, explanation, certificate, exception);

    /// <summary>The kind of the reason, for counting.</summary>
    public HandshakeRejectionKind Kind { get; }

    /// <summary>Why the peer's certificate was rejected; null unless <see cref="Kind"/> is
    /// <see cref="HandshakeRejectionKind.CertificateRejected"/>.</summary>
    public Rejection? Certificate { get; }

    /// <summary>What .NET threw, for a detailed log; null if it threw nothing. Its text is not escaped.</summary>
    public Exception? Exception { get; }

    /// <summary>What happened, in sentences on one line. Text that the peer or the platform chose is escaped and bounded.</summary>
    public override string ToString() => Certificate is null ? _explanation : $"{_explanation} {Certificate}";
}
