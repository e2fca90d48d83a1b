using System.Security.Cryptography;
using CertAuth.Certificates;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Support;

/// <summary>The parts of a revocation list, each of which a test can make malformed, signed by a test CA.</summary>
internal sealed record CraftedRevocationList
{
    internal const string CrlNumberOid = "2.5.29.20";

    internal static byte[] EcdsaSha256 { get; } = Sequence(Oid("1.2.840.10045.4.3.2"));

    internal byte[] Version { get; init; } = Tlv(2, [1]);

    internal byte[] SignedAlgorithm { get; init; } = EcdsaSha256;

    /// <summary>The issuer; null for the CA's name.</summary>
    internal byte[]? Issuer { get; init; }

    internal DateTimeOffset ThisUpdate { get; init; } = TestClock.Now.AddDays(-1);

    internal DateTimeOffset? NextUpdate { get; init; } = TestClock.Now.AddDays(1);

    internal byte[][] Entries { get; init; } = [];

    /// <summary>The extensions; null for no field [0].</summary>
    internal byte[][]? Extensions { get; init; } = [CrlNumber()];

    /// <summary>The bytes after the extensions.</summary>
    internal byte[] TrailingBytes { get; init; } = [];

    internal byte[] Algorithm { get; init; } = EcdsaSha256;

    internal HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    internal bool CorruptSignature { get; init; }

    internal static byte[] CrlNumber(params byte[] content) =>
        CraftedCertificate.Extension(CrlNumberOid, Tlv(2, content.Length == 0 ? [1] : content));

    internal static byte[] Entry(ReadOnlyMemory<byte> serial, params byte[][] extensions) => Sequence(
        Tlv(2, serial.ToArray()), Time(TestClock.Now.AddDays(-2)), extensions.Length == 0 ? [] : Sequence(extensions));

    internal static byte[] Entry(TestCertificate certificate, params byte[][] extensions) => Entry(SerialOf(certificate), extensions);

    internal static ReadOnlyMemory<byte> SerialOf(TestCertificate certificate)
    {
        bool isRead = ParsedCertificate.TryParse(certificate.Der.Span, out ParsedCertificate? read, out CertificateError error);
        isRead.Should().BeTrue(error.ToString());
        return read!.SerialNumber;
    }

    internal byte[] Tbs(TestCertificateAuthority ca) => Sequence(
        Version, SignedAlgorithm, Issuer ?? ca.SubjectDer.ToArray(), Time(ThisUpdate), NextUpdate is { } next ? Time(next) : [],
        Entries.Length == 0 ? [] : Sequence(Entries), Extensions is null ? [] : Tlv(0xA0, Sequence(Extensions)), TrailingBytes);

    internal byte[] Sign(TestCertificateAuthority ca)
    {
        byte[] tbs = Tbs(ca);
        byte[] signature = SignData(ca.Key, tbs);
        if (CorruptSignature)
            signature[^1] ^= 1;
        return Sequence(tbs, Algorithm, Tlv(3, [0, .. signature]));
    }

    internal static string ToPem(byte[] der) => PemEncoding.WriteString("X509 CRL", der) + "\n";

    private byte[] SignData(TestKey key, byte[] data)
    {
        if (key.Type == TestKeyType.P256)
        {
            using ECDsa ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key.PrivateKeyPem);
            return ecdsa.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(key.PrivateKeyPem);
        return rsa.SignData(data, Hash, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Time(DateTimeOffset time) =>
        CraftedCertificate.Time(time.ToString("yyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
