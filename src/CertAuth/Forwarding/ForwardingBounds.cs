namespace CertAuth.Forwarding;

/// <summary>The bounds of cert-info tokens. docs/bounds.md states what happens beyond each.</summary>
internal static class ForwardingBounds
{
    /// <summary>The maximum length of an info, in bytes.</summary>
    // Room for two long names and many subject alternative names.
    internal const int MaxInfoBytes = 16_384;

    /// <summary>The maximum length of a signature attribute without certificates, in bytes.</summary>
    // One signature, in base64url.
    internal const int MaxSignatureBytes = 8_192;

    /// <summary>The maximum length of a signature attribute with certificates, in bytes.</summary>
    // Room for five certificates of usual size.
    internal const int MaxSignatureBytesWithChain = 16_384;

    /// <summary>The maximum number of certificates in a signature attribute: the signer and its intermediates, without the trusted
    /// CA.</summary>
    // Room for four CAs.
    internal const int MaxChainCertificates = 5;

    /// <summary>The minimum length of a server's challenge, in bytes.</summary>
    // A challenge of 128 random bits cannot be guessed.
    internal const int MinChallengeBytes = 16;

    /// <summary>The maximum length of a server's challenge, in bytes.</summary>
    // MySQL has 20, and 256 bits are enough for any protocol.
    internal const int MaxChallengeBytes = 32;

    /// <summary>The maximum lifetime of an info, in seconds.</summary>
    // The facts of the client connection can be out of date for that long.
    internal const int MaxLifetimeSeconds = 300;

    /// <summary>The maximum difference between the clocks of proxy and server, in seconds.</summary>
    // Clocks differ.
    internal const int SkewSeconds = 30;

    /// <summary>The maximum integer in an info, in seconds since 1970-01-01T00:00:00Z.</summary>
    // The last second of the year 9999, which is the last of DateTimeOffset.
    internal const long MaxInteger = 253_402_300_799;

    /// <summary>The maximum number of cached names.</summary>
    // Memory.
    internal const int MaxCachedNames = 1024;

    /// <summary>The maximum length of the text of a cached name, in bytes.</summary>
    // Memory.
    internal const int MaxCachedNameBytes = 1024;

    /// <summary>The maximum number of cached keys of signers.</summary>
    // One for each proxy, and those that they replaced.
    internal const int MaxCachedKeys = 256;
}
