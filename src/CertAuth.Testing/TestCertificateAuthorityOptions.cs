using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>What a test CA is like. The defaults make a good one.</summary>
/// <remarks>Immutable, as long as the list given to it is left alone. A version 1 CA has no extensions but
/// <see cref="Extensions"/>.</remarks>
public sealed record TestCertificateAuthorityOptions
{
    /// <summary>The kind of key to make when <see cref="Key"/> is null. Default: P-256.</summary>
    public TestKeyType KeyType { get; init; }

    /// <summary>A key at hand; null, the default, makes a new one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>The version of the CA's own certificate. Default: 3.</summary>
    public TestCertificateVersion Version { get; init; }

    /// <summary>Whether the CA's own certificate has a subject key identifier. Default: true.</summary>
    public bool SubjectKeyIdentifier { get; init; } = true;

    /// <summary>Whether certificates that the CA issues name its key, where it has a subject key identifier. Default: true.
    /// A self-signed CA's own certificate has none (RFC 5280, 4.2.1.1).</summary>
    public bool AuthorityKeyIdentifier { get; init; } = true;

    /// <summary>What critical basic constraints say of being a CA; null leaves the extension out. Default: true.</summary>
    public bool? IsCa { get; init; } = true;

    /// <summary>The path length constraint, 0 or more; null, the default, for none.</summary>
    public int? PathLength { get; init; }

    /// <summary>The key usage, written as critical; null leaves the extension out. Default: keyCertSign and cRLSign.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    /// <summary>Further extensions, such as name constraints, written after the others.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    /// <summary>First second of validity; fractions are cut off. Default: one hour before the clock.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Last second of validity; fractions are cut off. Default: ten years after the clock.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The clock for default validities, of the CA and of what it issues. Default: the issuer's, for a self-signed CA the
    /// system's.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Whether serial numbers are random, so that several runs with one CA issue none twice (RFC 5280, 4.1.2.2). Default: false, they
    /// count.</summary>
    public bool RandomSerialNumbers { get; init; }
}
