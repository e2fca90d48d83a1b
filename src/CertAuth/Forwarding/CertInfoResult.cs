namespace CertAuth.Forwarding;

/// <summary>The outcome of the verification of a cert-info token: the facts of the client connection, or a rejection.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class CertInfoResult
{
    private CertInfoResult(TlsConnectionInfo? connection, Rejection? rejection) => (Connection, Rejection) = (connection, rejection);

    /// <summary>Gets a value that indicates whether the token was accepted.</summary>
    public bool Succeeded => Rejection is null;

    /// <summary>Gets the facts of the client connection, which replace those of the proxy connection; null if the client did not use TLS or
    /// the token was rejected.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Gets the reason why the token was rejected; null if it was accepted.</summary>
    public Rejection? Rejection { get; }

    internal static CertInfoResult Accepted(TlsConnectionInfo? connection) => new(connection, null);

    internal static CertInfoResult Rejected(Rejection rejection) => new(null, rejection);
}
