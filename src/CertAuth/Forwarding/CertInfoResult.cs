namespace CertAuth.Forwarding;

/// <summary>What became of a token: the facts of the client's connection, or why it isn't believed.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class CertInfoResult
{
    private CertInfoResult(TlsConnectionInfo? connection, Rejection? rejection) => (Connection, Rejection) = (connection, rejection);

    /// <summary>Whether the token is believed.</summary>
    public bool Succeeded => Rejection is null;

    /// <summary>The facts of the client's connection, which take the place of the proxy's own; null where the client used no TLS, and where the token
    /// isn't believed.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Why the token isn't believed; null where it is.</summary>
    public Rejection? Rejection { get; }

    internal static CertInfoResult Accepted(TlsConnectionInfo? connection) => new(connection, null);

    internal static CertInfoResult Rejected(Rejection rejection) => new(null, rejection);
}
