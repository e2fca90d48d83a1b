using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Tls;

/// <summary>The certificate of a server with its private key and its intermediates, prepared for handshakes without network
/// access.</summary>
/// <remarks>Immutable; safe for concurrent use; nothing to dispose. An instance from <see cref="Create"/> uses the certificate objects of
/// the caller: do not dispose them while connections use the instance.</remarks>
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

    /// <summary>Gets the start of the validity period, in UTC; null if the certificate is not valid DER.</summary>
    public DateTimeOffset? NotBefore => Parsed?.NotBefore;

    /// <summary>Gets the end of the validity period, in UTC; null if the certificate is not valid DER.</summary>
    public DateTimeOffset? NotAfter => Parsed?.NotAfter;

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Gets the fields of the certificate; null if it is not valid DER.</summary>
    internal ParsedCertificate? Parsed { get; }

    /// <summary>Creates an instance from certificate objects, without checking whether the platform can use them.</summary>
    /// <remarks>.NET also searches for intermediates in the certificate stores of the user and of the machine.</remarks>
    /// <param name="certificate">The certificate, with its private key.</param>
    /// <param name="intermediates">The intermediates that are sent with it.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    /// <exception cref="CryptographicException">The user's store of disallowed certificates cannot be used.</exception>
    public static ServerCertificate Create(X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException("The server certificate has no private key.", nameof(certificate));

        _ = ParsedCertificate.TryParse(certificate.RawDataMemory.Span, out ParsedCertificate? parsed, out _);
        return new(certificate, [.. intermediates], parsed);
    }

    /// <summary>Reads a certificate and its private key from PEM in memory.</summary>
    /// <remarks>Performs a handshake within the process to verify that the platform can use the certificate and the key. The validity
    /// period is not checked.</remarks>
    /// <param name="certificatesPem">The certificate first, then its intermediates, without the root; at most 1 MiB and 11
    /// certificates.</param>
    /// <param name="keyPem">The private key, not encrypted (PKCS #8, RFC 8017 or RFC 5915); at most 1 MiB. It may be the same data as
    /// <paramref name="certificatesPem"/>.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <param name="error">The error and its position; the default value if there is none.</param>
    /// <returns>true if the certificate can be used; otherwise, false.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> certificatesPem,
        ReadOnlySpan<byte> keyPem,
        [NotNullWhen(true)] out ServerCertificate? certificate,
        out KeyPairError error)
    {
        certificate = null;
        PrivateKey? key = null;
        error = KeyPairReader.ReadCertificates(certificatesPem, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind == KeyPairErrorKind.None)
            error = KeyPairReader.ReadPrivateKey(keyPem, chain[0], out key);
        if (key is null)
            return false;

        try
        {
            ServerCertificate loaded = new(Load(chain[0], key), [.. chain.Skip(1).Select(Load)], chain[0]);
            if (TrialHandshake.FindProblem(loaded.Context) is { } problem)
                error = new(KeyPairErrorKind.RejectedByPlatform, KeyPairFile.Certificate, 0, problem);
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
            // The certificate has its own handle of the key.
            key.Dispose();
        }
    }

    /// <summary>Reads a certificate and its private key from PEM in memory, as <see cref="TryParse"/> does.</summary>
    /// <param name="certificatesPem">The certificate first, then its intermediates, without the root; at most 1 MiB and 11
    /// certificates.</param>
    /// <param name="keyPem">The private key, not encrypted; at most 1 MiB. It may be the same data as
    /// <paramref name="certificatesPem"/>.</param>
    /// <exception cref="FormatException">The data cannot be used. The message gives the reason and the position.</exception>
    public static ServerCertificate Parse(ReadOnlySpan<byte> certificatesPem, ReadOnlySpan<byte> keyPem) =>
        TryParse(certificatesPem, keyPem, out ServerCertificate? certificate, out KeyPairError error)
            ? certificate
            : throw new FormatException(error.ToString());

    /// <summary>Reads a certificate and its private key from PEM files, once. To reload the files when they change, open them with
    /// <c>ServerCertificate.OpenAsync</c>.</summary>
    /// <param name="certificateFile">The path of the certificates: the server's certificate first, then its intermediates, without the
    /// root; at most 1 MiB and 11 certificates.</param>
    /// <param name="keyFile">The path of the private key, not encrypted; at most 1 MiB. It may be the path of the certificate.</param>
    /// <exception cref="InvalidDataException">The contents of a file cannot be used. The message gives the path, the reason and the
    /// position.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or a path is that of a folder.</exception>
    /// <exception cref="ArgumentException">A path is null or empty.</exception>
    public static ServerCertificate LoadFile(string certificateFile, string keyFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificateFile);
        ArgumentException.ThrowIfNullOrEmpty(keyFile);
        return BoundedFile.Load(certificateFile, KeyBounds.MaxFileBytes, certificatesPem =>
            BoundedFile.Load(keyFile, KeyBounds.MaxFileBytes, keyPem =>
                TryParse(certificatesPem.Span, keyPem.Span, out ServerCertificate? certificate, out KeyPairError error)
                    ? certificate
                    : throw new InvalidDataException(error.ToString(LogText.Escape(certificateFile), LogText.Escape(keyFile)))));
    }

    // With offline: false, .NET could fetch missing issuers and OCSP responses from the network.
    internal SslStreamCertificateContext CreateContext(SslCertificateTrust? trust) =>
        SslStreamCertificateContext.Create(_certificate, _intermediates, offline: true, trust);

    private static X509Certificate2 Load(ParsedCertificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Der.Span);

    private static X509Certificate2 Load(ParsedCertificate certificate, PrivateKey key)
    {
        using X509Certificate2 withoutKey = Load(certificate);
        X509Certificate2 withKey = key.CopyInto(withoutKey);
        if (!OperatingSystem.IsWindows())
            return withKey;

        // Schannel cannot use a key that is only in memory: a round trip through PKCS #12 creates one that it can use.
        using (withKey)
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
