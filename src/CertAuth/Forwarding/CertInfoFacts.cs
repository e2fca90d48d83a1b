namespace CertAuth.Forwarding;

/// <summary>What an info states: the facts of the client connection, and the login that the info is for.</summary>
/// <param name="Client">The facts of the client connection; null for a client without TLS.</param>
/// <param name="Subject">The subject of the client certificate in canonical form; empty without a certificate.</param>
/// <param name="Issuer">The issuer of the client certificate in canonical form; empty without a certificate.</param>
/// <param name="San">The subject alternative names of the client certificate as <c>SanText</c> formats them; empty if there are
/// none.</param>
/// <param name="IssuedAt">The time of issue, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Expires">The time of expiration, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Nonce">The challenge of the server's connection, in base64url.</param>
/// <param name="User">The user name, in well-formed Unicode.</param>
internal readonly record struct CertInfoFacts(
    TlsConnectionInfo? Client, string Subject, string Issuer, string San, long IssuedAt, long Expires, string Nonce, string User);
