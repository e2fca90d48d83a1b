using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>Everything about a certificate to be issued. The defaults make a good client certificate.</summary>
/// <remarks>Immutable, as long as the lists given to it are left alone. Nothing is checked that a hostile certificate could have wrong.
/// In a version 1 certificate, only <see cref="Extensions"/> are written of all the extensions, and they make it malformed.</remarks>
public sealed record TestCertificateRequest
{
    /// <summary>The extended key usage of TLS clients.</summary>
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>The extended key usage of TLS servers.</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>The subject. Required.</summary>
    public required TestName Subject { get; init; }

    /// <summary>The issuer field; null, the default, writes the CA's subject. For a name that is equal but spelled otherwise, or plainly
    /// wrong.</summary>
    public TestName? Issuer { get; init; }

    /// <summary>The subject alternative names; none, the default, leave the extension out.</summary>
    public IReadOnlyList<TestSan> Sans { get; init; } = [];

    /// <summary>First second of validity; fractions are cut off. Default: one hour before the CA's clock.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Last second of validity; fractions are cut off. Default: one year after the CA's clock.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The extended key usages as dotted OIDs; an empty list leaves the extension out. Default:
    /// <see cref="ClientAuth"/>.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [ClientAuth];

    /// <summary>The key usage, written as critical; null leaves the extension out. Default: digitalSignature.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>What critical basic constraints say of being a CA; null, the default, leaves the extension out.</summary>
    public bool? IsCa { get; init; }

    /// <summary>The path length constraint, 0 or more; null, the default, for none. Written only where <see cref="IsCa"/> is
    /// true.</summary>
    public int? PathLength { get; init; }

    /// <summary>Whether there is a subject key identifier. Default: true.</summary>
    public bool SubjectKeyIdentifier { get; init; } = true;

    /// <summary>Whether there is an authority key identifier; null, the default, does as the CA's options say.</summary>
    public bool? AuthorityKeyIdentifier { get; init; }

    /// <summary>Further extensions, written after the others; one of a type that is already there makes a duplicate.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>The version. Default: 3.</summary>
    public TestCertificateVersion Version { get; init; }

    /// <summary>The serial number, also 0 or negative. Default: the CA's next one.</summary>
    public BigInteger? SerialNumber { get; init; }

    /// <summary>The kind of key to make when <see cref="Key"/> is null. Default: P-256.</summary>
    public TestKeyType KeyType { get; init; }

    /// <summary>A key at hand, which other certificates may share; null, the default, makes a new one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>The hash of the CA's signature: SHA-1, SHA-256, SHA-384 or SHA-512, with RSA PKCS#1 also MD5. MD5 and SHA-1 only where the
    /// platform still makes such signatures. Default: the one that suits the CA's key.</summary>
    public HashAlgorithmName? SignatureHash { get; init; }

    /// <summary>The padding of an RSA CA's signature. Default: PKCS#1. With a CA of another kind of key it must be null.</summary>
    public RSASignaturePadding? SignaturePadding { get; init; }

    /// <summary>Whether the last bit of the signature is flipped, so that it doesn't verify. Default: false.</summary>
    public bool CorruptSignature { get; init; }
}
