using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>A certificate revocation list (RFC 5280, 5) of a test CA.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestRevocationList
{
    private readonly byte[] _der;

    internal TestRevocationList(byte[] der) => _der = der;

    /// <summary>The list as DER, which <c>TrustBundleOptions.RevocationLists</c> takes.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>The list as PEM, with a line feed at its end, so that several can be put one after the other.</summary>
    public string Pem => PemEncoding.WriteString("X509 CRL", _der) + "\n";
}
