using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>CAs that were kept in files.</summary>
public sealed partial class TestCertificateAuthority
{
    /// <summary>How many random bits a serial number has; CA/Browser Forum, Baseline Requirements, 7.1.2.7, asks for 64 and more.</summary>
    internal const int RandomSerialBits = 64;

    // What is written anew for each certificate.
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

    /// <summary>A CA that was kept as <see cref="TestCertificate.PemWithChain"/> and <see cref="TestKey.PrivateKeyPem"/>, or made by another program.</summary>
    /// <remarks>What it has issued isn't known, and so its serial numbers are random. That its certificate says that it is a CA isn't checked.</remarks>
    /// <param name="certificatePem">The CA's certificate; for an intermediate then those above it, without the anchor.</param>
    /// <param name="keyPem">Its private key, not encrypted, as <see cref="TestKey.FromPem"/> reads it.</param>
    /// <param name="timeProvider">The clock for default validities; null for the system's.</param>
    /// <exception cref="ArgumentException">A text doesn't hold what it should, or the key isn't the certificate's.</exception>
    public static TestCertificateAuthority FromPem(string certificatePem, string keyPem, TimeProvider? timeProvider = null)
    {
        List<byte[]> certificates = ReadCertificates(certificatePem);
        TestKey key = TestKey.FromPem(keyPem);
        try
        {
            using X509Certificate2 own = X509CertificateLoader.LoadCertificate(certificates[0]);
            if (!own.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.SubjectPublicKeyInfo.Span))
                throw new ArgumentException("The key isn't that of the certificate.", nameof(keyPem));

            bool isAnchor = own.SubjectName.RawData.AsSpan().SequenceEqual(own.IssuerName.RawData);
            TestCertificate certificate = new(certificates[0], key, isAnchor ? [] : [.. certificates.Skip(1)]);
            return new(TestName.FromDer(own.SubjectName.RawData), ReadOptions(own, timeProvider), certificate, ReadKeyIdentifier(own), isAnchor);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("The certificate can't be read.", nameof(certificatePem), e);
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

        return certificates.Count > 0 ? certificates : throw new ArgumentException("The text holds no certificate.", nameof(pem));
    }

    // What a rotation repeats.
    private static TestCertificateAuthorityOptions ReadOptions(X509Certificate2 own, TimeProvider? timeProvider)
    {
        X509BasicConstraintsExtension? constraints = own.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        return new()
        {
            Version = own.Version == 1 ? TestCertificateVersion.V1 : TestCertificateVersion.V3,
            IsCa = constraints?.CertificateAuthority,
            PathLength = constraints is { HasPathLengthConstraint: true } ? constraints.PathLengthConstraint : null,
            KeyUsage = own.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages,
            Extensions = [.. own.Extensions.Where(e => !s_standardExtensions.Contains(e.Oid!.Value)).Select(e => new TestExtension(e.Oid!.Value!, e.Critical, e.RawData))],
            RandomSerialNumbers = true,
            TimeProvider = timeProvider,
        };
    }

    // RFC 5280, 4.2.1.1: the subject key identifier of the issuer as it stands; other programs make other ones.
    private static byte[]? ReadKeyIdentifier(X509Certificate2 own) =>
        own.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes.ToArray();

    private BigInteger NextSerialNumber()
    {
        if (!_options.RandomSerialNumbers)
            return Interlocked.Increment(ref _lastSerial.Value);

        // One bit above the random ones, so that it is positive and never zero.
        BigInteger random = new(RandomNumberGenerator.GetBytes(RandomSerialBits / 8), isUnsigned: true);
        return random + (BigInteger.One << RandomSerialBits);
    }
}
