using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;

namespace CertAuth.Testing;

/// <summary>An issued certificate with its private key and the intermediates above it.</summary>
/// <remarks>Holds only bytes, so there is nothing to dispose. Immutable; safe for concurrent use.</remarks>
public sealed class TestCertificate
{
    private readonly byte[] _der;

    internal TestCertificate(byte[] der, TestKey key, IReadOnlyList<ReadOnlyMemory<byte>> chain) => (_der, Key, Chain) = (der, key, chain);

    /// <summary>Gets the certificate as DER.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>Gets the certificate as PEM. It ends with a line feed, so that several can be concatenated.</summary>
    public string Pem => ToPem(_der);

    /// <summary>Gets the certificate and the intermediates of <see cref="Chain"/> as PEM, in the form of a server's certificate
    /// file.</summary>
    public string PemWithChain => string.Concat([Pem, .. Chain.Select(der => ToPem(der.Span))]);

    /// <summary>Gets the key pair of the certificate.</summary>
    public TestKey Key { get; }

    /// <summary>Gets the private key as unencrypted PKCS #8 in PEM.</summary>
    public string PrivateKeyPem => Key.PrivateKeyPem;

    /// <summary>Gets the intermediates as DER, the issuer of this certificate first, without the self-signed anchor.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>Creates a certificate object with its private key, usable by <c>SslStream</c>. The caller disposes it.</summary>
    /// <exception cref="CryptographicException">.NET cannot load the certificate because it is malformed.</exception>
    public X509Certificate2 ToX509Certificate2()
    {
        using X509Certificate2 publicPart = X509CertificateLoader.LoadCertificate(_der);
        X509Certificate2 certificate = Key.CopyWithPrivateKey(publicPart);
        if (!OperatingSystem.IsWindows())
            return certificate;

        // Schannel cannot use an ephemeral key. A round trip through PKCS #12 makes a key that it can use.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Creates the server certificate of a <c>ServerTls</c>, with its key and the intermediates.</summary>
    /// <exception cref="CryptographicException">.NET cannot load the certificate because it is malformed.</exception>
    public ServerCertificate ToServerCertificate() => ServerCertificate.Create(ToX509Certificate2(), LoadChain());

    /// <summary>Loads the intermediates as new objects, which the caller disposes.</summary>
    internal X509Certificate2[] LoadChain() => [.. Chain.Select(der => X509CertificateLoader.LoadCertificate(der.Span))];

    private static string ToPem(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}
