using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>The options of a <see cref="TestCertificateAuthority"/>. The defaults make a valid CA.</summary>
/// <remarks>Immutable if the caller does not change the list. A version 1 CA has no extensions except <see cref="Extensions"/>.</remarks>
public sealed record TestCertificateAuthorityOptions
{
    /// <summary>Gets the type of the new key if <see cref="Key"/> is null. Default: P-256.</summary>
    public TestKeyType KeyType { get; init; }

    /// <summary>Gets the key pair; null, the default, generates a new one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>Gets the version of the CA's own certificate. Default: 3.</summary>
    public TestCertificateVersion Version { get; init; }

    /// <summary>Gets a value that indicates whether the CA's own certificate has a subject key identifier. Default: true.</summary>
    public bool SubjectKeyIdentifier { get; init; } = true;

    /// <summary>Gets a value that indicates whether issued certificates have an authority key identifier if the CA has a subject key
    /// identifier. Default: true. The own certificate of a self-signed CA has none (RFC 5280, 4.2.1.1).</summary>
    public bool AuthorityKeyIdentifier { get; init; } = true;

    /// <summary>Gets the cA field of the critical basic constraints; null omits the extension. Default: true.</summary>
    public bool? IsCa { get; init; } = true;

    /// <summary>Gets the path length constraint, 0 or greater; null, the default, for none.</summary>
    public int? PathLength { get; init; }

    /// <summary>Gets the key usage, a critical extension; null omits the extension. Default: keyCertSign and cRLSign.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    /// <summary>Gets additional extensions, such as name constraints, which follow the others.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>Gets the first second of validity; fractions are truncated. Default: one hour before the current time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets the last second of validity; fractions are truncated. Default: ten years after the current time.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Gets the clock for the default validity periods of the CA and of the certificates that it issues. Default: the issuer's
    /// clock; for a self-signed CA, the system clock.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Gets a value that indicates whether serial numbers are random, so that several runs with one CA issue no duplicates (RFC
    /// 5280, 4.1.2.2). Default: false, serial numbers count up.</summary>
    public bool RandomSerialNumbers { get; init; }
}
