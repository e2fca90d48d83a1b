namespace CertAuth.Forwarding;

/// <summary>The members of an info, in the order in which they are written (docs/forwarding-format.md).</summary>
internal enum CertInfoMember
{
    Subject,
    Issuer,
    San,
    Cipher,
    Tls,
    CertificateSha256,
    Ciphers,
    Verify,
    ServerNotBefore,
    ServerNotAfter,
    Version,
    IssuedAt,
    Expires,
    Nonce,
    User,
}
