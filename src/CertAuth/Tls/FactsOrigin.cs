namespace CertAuth.Tls;

/// <summary>Who saw the facts of a connection.</summary>
public enum FactsOrigin
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>This process: it ended the TLS connection itself.</summary>
    Direct = 1,

    /// <summary>A trusted proxy, in a token that was verified.</summary>
    Forwarded = 2,
}
