namespace CertAuth.Tls;

/// <summary>Specifies who observed the facts of a connection.</summary>
public enum FactsOrigin
{
    /// <summary>Not specified. <see cref="TlsConnectionInfo.Origin"/> never has this value.</summary>
    None = 0,

    /// <summary>This process, which terminated the TLS connection.</summary>
    Direct = 1,

    /// <summary>A trusted proxy, which sent them in a signed token that was verified.</summary>
    Forwarded = 2,
}
