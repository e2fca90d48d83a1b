using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>Writes and signs a Certificate (RFC 5280, 4.1) from a request that the CA has completed.</summary>
internal static class CertificateWriter
{
    internal const string SubjectKeyIdentifierOid = "2.5.29.14";
    internal const string KeyUsageOid = "2.5.29.15";
    internal const string SubjectAlternativeNameOid = "2.5.29.17";
    internal const string BasicConstraintsOid = "2.5.29.19";
    internal const string AuthorityKeyIdentifierOid = "2.5.29.35";
    internal const string ExtendedKeyUsageOid = "2.5.29.37";

    /// <summary>Writes the certificate as DER. Issuer, serial number, validity, key and authority key identifier of the request must be
    /// set.</summary>
    internal static byte[] Write(TestCertificateRequest request, TestKey signingKey, byte[] signingKeyIdentifier)
    {
        SignatureScheme scheme = new(signingKey, request.SignatureHash, request.SignaturePadding);
        byte[] tbs = WriteTbsCertificate(request, signingKeyIdentifier, scheme.AlgorithmIdentifier);
        byte[] signature = scheme.Sign(tbs);
        if (request.CorruptSignature)
            signature[^1] ^= 1;
        return Tlv.Sequence(tbs, scheme.AlgorithmIdentifier, Tlv.BitString(signature));
    }

    private static byte[] WriteTbsCertificate(TestCertificateRequest request, byte[] signingKeyIdentifier, byte[] algorithm)
    {
        List<byte[]> fields = [];

        // X.690, 11.5: version 1 is the default and is omitted; version 3 is encoded as 2.
        if (request.Version == TestCertificateVersion.V3)
            fields.Add(Tlv.Explicit(0, Tlv.Integer(2)));
        fields.Add(Tlv.Integer(request.SerialNumber!.Value));
        fields.Add(algorithm);
        fields.Add(request.Issuer!.Encode());
        fields.Add(Tlv.Sequence(Tlv.Time(request.NotBefore!.Value), Tlv.Time(request.NotAfter!.Value)));
        fields.Add(request.Subject.Encode());
        fields.Add(request.Key!.SubjectPublicKeyInfo.ToArray());

        List<TestExtension> extensions = request.Version == TestCertificateVersion.V3
            ? CreateStandardExtensions(request, signingKeyIdentifier)
            : [];
        extensions.AddRange(request.Extensions);
        if (extensions.Count > 0)
            fields.Add(Tlv.Explicit(3, Tlv.Sequence([.. extensions.Select(extension => extension.Encode())])));
        return Tlv.Sequence([.. fields]);
    }

    private static List<TestExtension> CreateStandardExtensions(TestCertificateRequest request, byte[] signingKeyIdentifier)
    {
        List<TestExtension> extensions = [];
        if (request.IsCa is { } isCa)
        {
            int? pathLength = isCa ? request.PathLength : null;
            X509BasicConstraintsExtension constraints = new(isCa, pathLength.HasValue, pathLength.GetValueOrDefault(), critical: true);
            extensions.Add(new(BasicConstraintsOid, critical: true, constraints.RawData));
        }

        if (request.KeyUsage is { } keyUsage)
            extensions.Add(new(KeyUsageOid, critical: true, new X509KeyUsageExtension(keyUsage, critical: true).RawData));
        if (request.ExtendedKeyUsages.Count > 0)
            extensions.Add(new(ExtendedKeyUsageOid, critical: false, Tlv.Sequence([.. request.ExtendedKeyUsages.Select(Tlv.Oid)])));

        // RFC 5280, 4.2.1.6: the extension is critical if the subject is empty.
        if (request.Sans.Count > 0)
        {
            bool critical = request.Subject.Encode() is [Tlv.SequenceTag, 0];
            extensions.Add(new(SubjectAlternativeNameOid, critical, TestSan.Encode([.. request.Sans])));
        }

        if (request.SubjectKeyIdentifier)
            extensions.Add(new(SubjectKeyIdentifierOid, critical: false, Tlv.OctetString(request.Key!.ComputeKeyIdentifier())));

        // RFC 5280, 4.2.1.1: keyIdentifier is [0] IMPLICIT OCTET STRING.
        if (request.AuthorityKeyIdentifier == true)
            extensions.Add(new(AuthorityKeyIdentifierOid, critical: false, Tlv.Sequence(Tlv.Encode(0x80, signingKeyIdentifier))));
        return extensions;
    }
}
