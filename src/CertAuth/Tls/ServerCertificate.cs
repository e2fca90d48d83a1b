using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;

namespace CertAuth.Tls;

/// <summary>A server's own certificate, ready for handshakes that fetch nothing.</summary>
/// <remarks>Immutable; safe for concurrent use; nothing to dispose. A certificate that was given as an object stays the caller's, and is to live
/// as long as connections use it.</remarks>
public sealed class ServerCertificate
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _intermediates;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection intermediates, ParsedCertificate? parsed)
    {
        _certificate = certificate;
        _intermediates = intermediates;
        Context = CreateContext(trust: null);
        Parsed = parsed;
    }

    /// <summary>Start of its validity, in UTC; null where the certificate isn't DER.</summary>
    public DateTimeOffset? NotBefore => Parsed?.NotBefore;

    /// <summary>End of its validity, in UTC; null where the certificate isn't DER.</summary>
    public DateTimeOffset? NotAfter => Parsed?.NotAfter;

    internal SslStreamCertificateContext Context { get; }

    /// <summary>What the certificate says; null where it isn't DER.</summary>
    internal ParsedCertificate? Parsed { get; }

    /// <summary>Takes a certificate with its private key, and the intermediates that are sent with it. .NET also looks for intermediates in the
    /// certificate stores of user and machine.</summary>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    /// <exception cref="CryptographicException">The user's store of disallowed certificates can't be used.</exception>
    public static ServerCertificate Create(X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException("The server certificate has no private key.", nameof(certificate));

        _ = ParsedCertificate.TryParse(certificate.RawDataMemory.Span, out ParsedCertificate? facts, out _);
        return new(certificate, [.. intermediates], facts);
    }

    /// <summary>Loads a certificate and its private key from PEM. A handshake within the process shows that it can be used; its dates aren't checked.</summary>
    /// <param name="certificates">The certificate, then those above it without the root; at most 1 MiB and 11 certificates.</param>
    /// <param name="privateKey">Its key, not encrypted (PKCS#8, RFC 8017 or RFC 5915), in a file of its own or the same.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> certificates, ReadOnlySpan<byte> privateKey, [NotNullWhen(true)] out ServerCertificate? certificate, out KeyPairError error)
    {
        certificate = null;
        PrivateKey? key = null;
        error = KeyPairReader.ReadCertificates(certificates, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind == KeyPairErrorKind.None)
            error = KeyPairReader.ReadPrivateKey(privateKey, chain[0], out key);
        if (key is null)
            return false;

        try
        {
            ServerCertificate loaded = new(Load(chain[0], key), [.. chain.Skip(1).Select(Load)], chain[0]);
            if (TrialHandshake.FindFault(loaded) is { } fault)
                error = new(KeyPairErrorKind.RejectedByPlatform, KeyPairFile.Certificate, 0, fault);
            else
                certificate = loaded;
            return certificate is not null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            error = new(KeyPairErrorKind.RejectedByPlatform, KeyPairFile.Certificate, 0, e.Message);
            return false;
        }
        finally
        {
            // The certificate has a handle of its own.
            key.Dispose();
        }
    }

    // offline: without it each handshake may fetch OCSP and missing issuers.
    internal SslStreamCertificateContext CreateContext(SslCertificateTrust? trust) =>
        SslStreamCertificateContext.Create(_certificate, _intermediates, offline: true, trust);

    private static X509Certificate2 Load(ParsedCertificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Der.Span);

    private static X509Certificate2 Load(ParsedCertificate certificate, PrivateKey key)
    {
        using X509Certificate2 publicPart = Load(certificate);
        X509Certificate2 whole = key.Algorithm is RSA rsa ? publicPart.CopyWithPrivateKey(rsa) : publicPart.CopyWithPrivateKey((ECDsa)key.Algorithm);
        if (!OperatingSystem.IsWindows())
            return whole;

        // Schannel can't use a key that lives in memory alone: a round trip through PKCS#12 gives it one that it can.
        using (whole)
            return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }
}
