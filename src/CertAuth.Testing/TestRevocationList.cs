using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>A certificate revocation list (RFC 5280, 5) of a test CA.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestRevocationList
{
    private readonly byte[] _der;

    internal TestRevocationList(byte[] der) => _der = der;

    /// <summary>Gets the list as DER, for <c>TrustBundleOptions.RevocationLists</c>.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>Gets the list as PEM. It ends with a line feed, so that several can be concatenated.</summary>
    public string Pem => PemEncoding.WriteString("X509 CRL", _der) + "\n";
}
