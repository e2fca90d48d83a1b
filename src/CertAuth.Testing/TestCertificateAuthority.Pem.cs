using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>CAs read from PEM.</summary>
public sealed partial class TestCertificateAuthority
{
    /// <summary>The number of random bits in a serial number. CA/Browser Forum, Baseline Requirements, 7.1.2.7, requires at least
    /// 64.</summary>
    internal const int RandomSerialBits = 64;

    // The extensions that are written for each certificate and not copied.
    private static readonly string?[] s_standardExtensions =
    [
        CertificateWriter.BasicConstraintsOid,
        CertificateWriter.KeyUsageOid,
        CertificateWriter.SubjectKeyIdentifierOid,
        CertificateWriter.AuthorityKeyIdentifierOid,
    ];

    private TestCertificateAuthority(
        TestName subject, TestCertificateAuthorityOptions options, TestCertificate certificate, byte[]? keyIdentifier, bool isAnchor)
    {
        (_subject, _options, _lastSerial, _authorityKeyIdentifier, _isSelfSigned) = (subject, options, new(), keyIdentifier, isAnchor);
        _clock = options.TimeProvider ?? TimeProvider.System;
        (Key, Certificate) = (certificate.Key, certificate);
    }

    /// <summary>Reads a CA from the PEM of <see cref="TestCertificate.PemWithChain"/> and <see cref="TestKey.PrivateKeyPem"/>, or of
    /// another program.</summary>
    /// <remarks>Serial numbers are random, because it is not known which ones the CA has already used. The method does not check that the
    /// certificate is that of a CA.</remarks>
    /// <param name="certificatePem">The CA's certificate as PEM, followed, for an intermediate, by the intermediates above it without the
    /// anchor.</param>
    /// <param name="keyPem">The CA's private key as PEM, not encrypted, in a form that <see cref="TestKey.FromPem"/> reads.</param>
    /// <param name="timeProvider">The clock for default validity periods; null for the system clock.</param>
    /// <exception cref="ArgumentException">A text contains no certificate or no key, or the key does not belong to the
    /// certificate.</exception>
    public static TestCertificateAuthority FromPem(string certificatePem, string keyPem, TimeProvider? timeProvider = null)
    {
        List<byte[]> certificates = ReadCertificates(certificatePem);
        TestKey key = TestKey.FromPem(keyPem);
        try
        {
            using X509Certificate2 own = X509CertificateLoader.LoadCertificate(certificates[0]);
            if (!own.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.SubjectPublicKeyInfo.Span))
                throw new ArgumentException("The private key does not belong to the certificate.", nameof(keyPem));

            bool isAnchor = own.SubjectName.RawData.AsSpan().SequenceEqual(own.IssuerName.RawData);
            TestCertificate certificate = new(certificates[0], key, isAnchor ? [] : [.. certificates.Skip(1)]);
            TestName subject = TestName.FromDer(own.SubjectName.RawData);
            return new(subject, ReadOptions(own, timeProvider), certificate, ReadKeyIdentifier(own), isAnchor);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("The certificate is malformed.", nameof(certificatePem), e);
        }
    }

    private static List<byte[]> ReadCertificates(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        List<byte[]> certificates = [];
        for (ReadOnlySpan<char> rest = pem; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End.Value..])
        {
            if (rest[fields.Label] is "CERTIFICATE")
                certificates.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
        }

        return certificates.Count > 0 ? certificates : throw new ArgumentException("The text contains no certificate.", nameof(pem));
    }

    // The options that Rotate needs.
    private static TestCertificateAuthorityOptions ReadOptions(X509Certificate2 own, TimeProvider? timeProvider)
    {
        X509BasicConstraintsExtension? constraints = own.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        return new()
        {
            Version = own.Version == 1 ? TestCertificateVersion.V1 : TestCertificateVersion.V3,
            IsCa = constraints?.CertificateAuthority,
            PathLength = constraints is { HasPathLengthConstraint: true } ? constraints.PathLengthConstraint : null,
            KeyUsage = own.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages,
            Extensions =
            [
                .. own.Extensions.Where(e => !s_standardExtensions.Contains(e.Oid!.Value))
                    .Select(e => new TestExtension(e.Oid!.Value!, e.Critical, e.RawData)),
            ],
            RandomSerialNumbers = true,
            TimeProvider = timeProvider,
        };
    }

    // RFC 5280, 4.2.1.1: a copy of the issuer's subject key identifier. Other programs compute it in other ways.
    private static byte[]? ReadKeyIdentifier(X509Certificate2 own) =>
        own.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes.ToArray();

    private BigInteger NextSerialNumber()
    {
        if (!_options.RandomSerialNumbers)
            return Interlocked.Increment(ref _lastSerial.Value);

        // One bit above the random bits makes the number positive and never zero.
        BigInteger random = new(RandomNumberGenerator.GetBytes(RandomSerialBits / 8), isUnsigned: true);
        return random + (BigInteger.One << RandomSerialBits);
    }
}
