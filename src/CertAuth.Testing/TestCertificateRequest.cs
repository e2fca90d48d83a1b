using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>The contents of a certificate to be issued. The defaults make a valid client certificate.</summary>
/// <remarks>Immutable if the caller does not change the lists. Values that a hostile certificate can have are not checked. A version 1
/// certificate has no extensions except <see cref="Extensions"/>, which make it malformed.</remarks>
public sealed record TestCertificateRequest
{
    /// <summary>The extended key usage of TLS clients.</summary>
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>The extended key usage of TLS servers.</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>Gets the subject. Required.</summary>
    public required TestName Subject { get; init; }

    /// <summary>Gets the issuer field; null, the default, for the CA's subject. Set it for an equal name in another encoding, or for a
    /// wrong name.</summary>
    public TestName? Issuer { get; init; }

    /// <summary>Gets the subject alternative names; an empty list, the default, omits the extension.</summary>
    public IReadOnlyList<TestSan> Sans { get; init; } = [];

    /// <summary>Gets the first second of validity; fractions are truncated. Default: one hour before the time of the CA's clock.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets the last second of validity; fractions are truncated. Default: one year after the time of the CA's clock.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Gets the extended key usages as dotted OIDs; an empty list omits the extension. Default:
    /// <see cref="ClientAuth"/>.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [ClientAuth];

    /// <summary>Gets the key usage, a critical extension; null omits the extension. Default: digitalSignature.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>Gets the cA field of the critical basic constraints; null, the default, omits the extension.</summary>
    public bool? IsCa { get; init; }

    /// <summary>Gets the path length constraint, 0 or greater; null, the default, for none. Ignored unless <see cref="IsCa"/> is
    /// true.</summary>
    public int? PathLength { get; init; }

    /// <summary>Gets a value that indicates whether there is a subject key identifier. Default: true.</summary>
    public bool SubjectKeyIdentifier { get; init; } = true;

    /// <summary>Gets a value that indicates whether there is an authority key identifier; null, the default, for the choice of the CA's
    /// options.</summary>
    public bool? AuthorityKeyIdentifier { get; init; }

    /// <summary>Gets additional extensions, which follow the others. One of a type that is already present is a duplicate.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>Gets the version. Default: 3.</summary>
    public TestCertificateVersion Version { get; init; }

    /// <summary>Gets the serial number, which may be 0 or negative. Default: the CA's next one.</summary>
    public BigInteger? SerialNumber { get; init; }

    /// <summary>Gets the type of the new key if <see cref="Key"/> is null. Default: P-256.</summary>
    public TestKeyType KeyType { get; init; }

    /// <summary>Gets the key pair, which other certificates may share; null, the default, generates a new one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>Gets the hash of the CA's signature: SHA-1, SHA-256, SHA-384 or SHA-512; with RSA PKCS #1 also MD5. MD5 and SHA-1 work only
    /// on platforms that still create such signatures. Default: SHA-384 for P-384, SHA-512 for P-521, otherwise SHA-256.</summary>
    public HashAlgorithmName? SignatureHash { get; init; }

    /// <summary>Gets the padding of an RSA CA's signature. Default: PKCS #1. Must be null if the CA's key is an EC key.</summary>
    public RSASignaturePadding? SignaturePadding { get; init; }

    /// <summary>Gets a value that indicates whether the last bit of the signature is flipped, so that it does not verify. Default:
    /// false.</summary>
    public bool CorruptSignature { get; init; }
}
