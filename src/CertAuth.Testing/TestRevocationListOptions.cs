using System.Numerics;
using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>What a revocation list is like. The defaults make a good one.</summary>
/// <remarks>Immutable, as long as the list given to it is left alone.</remarks>
public sealed record TestRevocationListOptions
{
    /// <summary>When the list was made; fractions are cut off. Default: one hour before the CA's clock.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>When the next one is due, after which this one is stale; fractions are cut off. Default: seven days after the CA's
    /// clock.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>Whether there is a next update at all; RFC 5280, 5.1.2.5, demands it. Default: true.</summary>
    public bool HasNextUpdate { get; init; } = true;

    /// <summary>Since when the certificates are revoked; fractions are cut off. Default: one hour before the CA's clock.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The number of the list (RFC 5280, 5.2.3). Default: <see cref="ThisUpdate"/> in seconds since 1970, which grows with the
    /// clock.</summary>
    public BigInteger? Number { get; init; }

    /// <summary>Serial numbers that are revoked beside those of the certificates given. Default: none.</summary>
    public IReadOnlyList<BigInteger> SerialNumbers { get; init; } = [];

    /// <summary>The issuer field; null, the default, writes the CA's subject.</summary>
    public TestName? Issuer { get; init; }

    /// <summary>The key that signs; null, the default, for the CA's. Another one makes a forged list.</summary>
    public TestKey? SigningKey { get; init; }

    /// <summary>The hash of the signature. Default: the one that suits the key that signs.</summary>
    public HashAlgorithmName? SignatureHash { get; init; }

    /// <summary>Further extensions, such as an issuing distribution point, written after the key identifier and the number.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>Whether the last bit of the signature is flipped, so that it doesn't verify. Default: false.</summary>
    public bool CorruptSignature { get; init; }
}
