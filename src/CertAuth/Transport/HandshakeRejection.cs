namespace CertAuth.Transport;

/// <summary>The reason why a TLS handshake failed.</summary>
/// <remarks>A rejection is for the log of the application, never for the peer. Immutable; safe for concurrent use.</remarks>
public sealed class HandshakeRejection
{
    private readonly string _explanation;

    internal HandshakeRejection(
        HandshakeRejectionKind kind, string explanation, Rejection? certificate = null, Exception? exception = null) =>
        (Kind, _explanation, Certificate, Exception) = (kind, explanation, certificate, exception);

    /// <summary>Gets the kind of the reason, for metrics and conditions.</summary>
    public HandshakeRejectionKind Kind { get; }

    /// <summary>Gets the reason why the certificate of the peer was rejected; null unless <see cref="Kind"/> is
    /// <see cref="HandshakeRejectionKind.CertificateRejected"/>.</summary>
    public Rejection? Certificate { get; }

    /// <summary>Gets the exception that .NET threw, for a detailed log; null if there was none. Its message is not escaped.</summary>
    public Exception? Exception { get; }

    /// <summary>Returns sentences on one line that state what happened. Text from the peer or the platform is escaped and limited in
    /// length.</summary>
    public override string ToString() => Certificate is null ? _explanation : $"{_explanation} {Certificate}";
}
