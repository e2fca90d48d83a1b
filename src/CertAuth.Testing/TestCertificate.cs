using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;

namespace CertAuth.Testing;

/// <summary>An issued certificate with its private key and the intermediates above it.</summary>
/// <remarks>Holds bytes alone, so that nothing needs disposing. Immutable; safe for concurrent use.</remarks>
public sealed class TestCertificate
{
    private readonly byte[] _der;

    internal TestCertificate(byte[] der, TestKey key, IReadOnlyList<ReadOnlyMemory<byte>> chain) => (_der, Key, Chain) = (der, key, chain);

    /// <summary>The certificate as DER.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>The certificate as PEM, with a line feed at its end, so that several can be put one after the other.</summary>
    public string Pem => ToPem(_der);

    /// <summary>The certificate and then the intermediates of <see cref="Chain"/> as PEM: what a server's certificate file holds.</summary>
    public string PemWithChain => string.Concat([Pem, .. Chain.Select(der => ToPem(der.Span))]);

    /// <summary>The key pair.</summary>
    public TestKey Key { get; }

    /// <summary>The private key as PKCS#8 in PEM, unencrypted.</summary>
    public string PrivateKeyPem => Key.PrivateKeyPem;

    /// <summary>The intermediates as DER, this certificate's issuer first; the self-signed anchor is left out.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>A new certificate object with its private key, fit for <c>SslStream</c>. The caller disposes it.</summary>
    /// <exception cref="CryptographicException">The certificate is too malformed for .NET to load.</exception>
    public X509Certificate2 ToX509Certificate2()
    {
        using X509Certificate2 publicPart = X509CertificateLoader.LoadCertificate(_der);
        X509Certificate2 certificate = Key.CopyWithPrivateKey(publicPart);
        if (!OperatingSystem.IsWindows())
            return certificate;

        // Schannel can't use a key that lives in memory alone: a round trip through PKCS#12 gives it one that it can.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>The certificate, its key and the intermediates as the library's server side takes them; nothing to dispose.</summary>
    /// <exception cref="CryptographicException">The certificate is too malformed for .NET to load.</exception>
    public ServerCertificate ToServerCertificate() => ServerCertificate.Create(ToX509Certificate2(), LoadChain());

    /// <summary>The intermediates as new objects.</summary>
    internal X509Certificate2[] LoadChain() => [.. Chain.Select(der => X509CertificateLoader.LoadCertificate(der.Span))];

    private static string ToPem(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}
