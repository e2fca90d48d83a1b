using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Testing;

namespace CertAuth.Handshakes;

/// <summary>A chain with the most expensive verification that OpenSSL allows: RSA-3072 keys with public exponents of nearly the same
/// length. From 3,073 bits on, OpenSSL limits the exponent to 64 bits.</summary>
/// <remarks>All CAs share one key, and every signature verifies, so that nothing ends the platform's work early.</remarks>
internal static class HostileChain
{
    private const int KeyBits = 3072, ExponentBits = 3070;
    private const string CommonName = "2.5.4.3", BasicConstraints = "2.5.29.19", Sha256WithRsa = "1.2.840.113549.1.1.11";

    /// <summary>Returns the leaf's private key and the certificates from the leaf upward, as PEM.</summary>
    internal static (string Key, string Chain) Create(int certificates)
    {
        using RSA ca = CreateKey();
        TestKey leaf = TestKey.Create();
        IEnumerable<string> chain = Enumerable.Range(0, certificates).Select(i => PemEncoding.WriteString(
            "CERTIFICATE", Issue(ca, i, i == 0 ? leaf.SubjectPublicKeyInfo.ToArray() : ca.ExportSubjectPublicKeyInfo())));
        return (leaf.PrivateKeyPem, string.Join('\n', chain));
    }

    // An ordinary RSA key, except that the public exponent e is large. d is the inverse of e modulo phi.
    private static RSA CreateKey()
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
        return RSA.Create(key);
    }

    private static byte[] Issue(RSA ca, int index, byte[] publicKey)
    {
        AsnWriter tbs = new(AsnEncodingRules.DER);
        using (tbs.PushSequence())
        {
            using (tbs.PushSequence(new(TagClass.ContextSpecific, 0)))
                tbs.WriteInteger(2);
            tbs.WriteInteger(index + 1);
            WriteAlgorithm(tbs);
            WriteName(tbs, index + 1);
            using (tbs.PushSequence())
            {
                tbs.WriteUtcTime(TimeProvider.System.GetUtcNow().AddDays(-1));
                tbs.WriteUtcTime(TimeProvider.System.GetUtcNow().AddDays(1));
            }

            WriteName(tbs, index);
            tbs.WriteEncodedValue(publicKey);
            if (index > 0)
                WriteBasicConstraints(tbs);
        }

        AsnWriter certificate = new(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            byte[] signed = tbs.Encode();
            certificate.WriteEncodedValue(signed);
            WriteAlgorithm(certificate);
            certificate.WriteBitString(ca.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        return certificate.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sha256WithRsa);
            writer.WriteNull();
        }
    }

    private static void WriteName(AsnWriter writer, int index)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CommonName);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, $"{index}");
        }
    }

    private static void WriteBasicConstraints(AsnWriter writer)
    {
        using (writer.PushSequence(new(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(BasicConstraints);
            writer.WriteBoolean(true);
            using (writer.PushOctetString())
            using (writer.PushSequence())
                writer.WriteBoolean(true);
        }
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
