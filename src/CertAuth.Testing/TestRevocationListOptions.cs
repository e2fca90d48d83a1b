using System.Numerics;
using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>The contents of a revocation list. The defaults make a valid list.</summary>
/// <remarks>Immutable if the caller does not change the lists.</remarks>
public sealed record TestRevocationListOptions
{
    /// <summary>Gets the time at which the list is issued; fractions are truncated. Default: one hour before the time of the CA's
    /// clock.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>Gets the time at which the next list is due and this one becomes stale; fractions are truncated. Default: seven days after
    /// the time of the CA's clock.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>Gets a value that indicates whether the list has a nextUpdate field, which RFC 5280, 5.1.2.5, requires. Default:
    /// true.</summary>
    public bool HasNextUpdate { get; init; } = true;

    /// <summary>Gets the revocation date of the certificates; fractions are truncated. Default: one hour before the time of the CA's
    /// clock.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Gets the CRL number (RFC 5280, 5.2.3). Default: <see cref="ThisUpdate"/> in seconds since 1970, which increases with the
    /// clock.</summary>
    public BigInteger? Number { get; init; }

    /// <summary>Gets additional serial numbers to revoke. Default: none.</summary>
    public IReadOnlyList<BigInteger> SerialNumbers { get; init; } = [];

    /// <summary>Gets the issuer field; null, the default, for the CA's subject.</summary>
    public TestName? Issuer { get; init; }

    /// <summary>Gets the signing key; null, the default, for the CA's. Another key makes a forged list.</summary>
    public TestKey? SigningKey { get; init; }

    /// <summary>Gets the hash of the signature. Default: SHA-384 for P-384, SHA-512 for P-521, otherwise SHA-256.</summary>
    public HashAlgorithmName? SignatureHash { get; init; }

    /// <summary>Gets additional extensions, such as an issuing distribution point, which follow the key identifier and the
    /// number.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>Gets a value that indicates whether the last bit of the signature is flipped, so that it does not verify. Default:
    /// false.</summary>
    public bool CorruptSignature { get; init; }
}
