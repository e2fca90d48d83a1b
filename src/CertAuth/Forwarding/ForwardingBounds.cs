namespace CertAuth.Forwarding;

/// <summary>The bounds of cert-info tokens (docs/bounds.md), each with the reason for its number.</summary>
internal static class ForwardingBounds
{
    /// <summary>The maximum length of an info, in bytes: room for two long names and many subject alternative names.</summary>
    internal const int MaxInfoBytes = 16_384;

    /// <summary>The maximum length of a signature attribute, in bytes: one signature, in base64url.</summary>
    internal const int MaxSignatureBytes = 8_192;

    /// <summary>The maximum length of a signature attribute with certificates, in bytes: room for <see cref="MaxChainCertificates"/>
    /// certificates of usual size.</summary>
    internal const int MaxSignatureBytesWithChain = 16_384;

    /// <summary>The maximum number of certificates in a signature attribute: the signer and four intermediates, without the trusted
    /// CA.</summary>
    internal const int MaxChainCertificates = 5;

    /// <summary>The minimum length of a server's challenge, in bytes: a challenge of 128 bits cannot be guessed. That of MySQL has 20
    /// bytes.</summary>
    internal const int MinChallengeBytes = 16;

    /// <summary>The maximum length of a server's challenge, in bytes: 256 bits are enough for any protocol.</summary>
    internal const int MaxChallengeBytes = 32;

    /// <summary>The maximum lifetime of an info, in seconds. It bounds how long the facts of a client connection can be out of
    /// date.</summary>
    internal const int MaxLifetimeSeconds = 300;

    /// <summary>The maximum difference between the clocks of proxy and server, in seconds.</summary>
    internal const int SkewSeconds = 30;

    /// <summary>The maximum integer in an info: the last second of the year 9999, in seconds since 1970-01-01T00:00:00Z. It is the last
    /// that a <see cref="DateTimeOffset"/> represents.</summary>
    internal const long MaxInteger = 253_402_300_799;

    /// <summary>The maximum number of cached names, to bound memory.</summary>
    internal const int MaxCachedNames = 1024;

    /// <summary>The maximum length of the text of a cached name in bytes, to bound memory.</summary>
    internal const int MaxCachedNameBytes = 1024;

    /// <summary>The maximum number of cached keys of signers: one for each proxy, and those that they replaced.</summary>
    internal const int MaxCachedKeys = 256;
}
