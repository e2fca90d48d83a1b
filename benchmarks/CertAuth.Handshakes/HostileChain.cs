using System.Numerics;
using System.Security.Cryptography;

namespace CertAuth.Handshakes;

/// <summary>A chain with the most expensive verification that OpenSSL allows: RSA-3072 keys with public exponents of nearly the same
/// length. From 3,073 bits on, OpenSSL limits the exponent to 64 bits.</summary>
/// <remarks>All CAs share one key, and every signature verifies, so that nothing ends the platform's work early.</remarks>
internal static class HostileChain
{
    private const int KeyBits = 3072, ExponentBits = 3070;

    /// <summary>Creates a leaf with its chain. The number of certificates includes the leaf, but not the anchor.</summary>
    internal static TestCertificate Create(int certificates)
    {
        // Without extensions that are not required, so that as many certificates as possible fit into the limit.
        TestCertificateAuthorityOptions options = new()
        {
            Key = CreateKey(),
            KeyUsage = null,
            SubjectKeyIdentifier = false,
            AuthorityKeyIdentifier = false,
        };
        TestCertificateAuthority issuer = TestCertificateAuthority.Create(TestName.Of(("CN", "0")), options);
        for (int i = 1; i < certificates; i++)
            issuer = issuer.IssueIntermediate(TestName.Of(("CN", $"{i}")), options);
        return issuer.IssueClient(TestName.Of(("CN", "hostile")));
    }

    // An ordinary RSA key, except that the public exponent e is large. d is the inverse of e modulo phi.
    private static TestKey CreateKey()
    {
        using RSA usual = RSA.Create(KeyBits);
        RSAParameters key = usual.ExportParameters(includePrivateParameters: true);
        BigInteger p = Read(key.P!), q = Read(key.Q!), one = BigInteger.One, phi = (p - one) * (q - one);
        BigInteger exponent;
        do
        {
            byte[] random = RandomNumberGenerator.GetBytes(KeyBits / 8);
            exponent = (Read(random) >> (KeyBits - ExponentBits + 1)) | (one << (ExponentBits - 1)) | one;
        }
        while (BigInteger.GreatestCommonDivisor(exponent, phi) != one);

        BigInteger d = Invert(exponent, phi);
        key.Exponent = exponent.ToByteArray(isUnsigned: true, isBigEndian: true);
        key.D = Write(d, KeyBits / 8);
        key.DP = Write(d % (p - one), KeyBits / 16);
        key.DQ = Write(d % (q - one), KeyBits / 16);
        using RSA hostile = RSA.Create(key);
        return TestKey.FromPem(hostile.ExportPkcs8PrivateKeyPem());
    }

    private static BigInteger Read(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Write(BigInteger number, int length)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    // The extended Euclidean algorithm.
    private static BigInteger Invert(BigInteger number, BigInteger modulus)
    {
        (BigInteger old, BigInteger rest) = (number, modulus);
        (BigInteger factor, BigInteger next) = (BigInteger.One, BigInteger.Zero);
        while (rest != BigInteger.Zero)
        {
            BigInteger quotient = old / rest;
            (old, rest) = (rest, old - (quotient * rest));
            (factor, next) = (next, factor - (quotient * next));
        }

        return factor.Sign < 0 ? factor + modulus : factor;
    }
}
