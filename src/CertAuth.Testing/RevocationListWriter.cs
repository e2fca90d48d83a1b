using System.Formats.Asn1;

namespace CertAuth.Testing;

/// <summary>Writes and signs a CertificateList (RFC 5280, 5.1).</summary>
internal static class RevocationListWriter
{
    private const string NumberOid = "2.5.29.20";

    internal static byte[] Write(
        TestCertificateAuthority ca, DateTimeOffset now, IReadOnlyList<TestCertificate> revoked, TestRevocationListOptions options)
    {
        TestKey key = options.SigningKey ?? ca.Key;
        SignatureScheme scheme = new(key, options.SignatureHash, padding: null);
        DateTimeOffset thisUpdate = options.ThisUpdate ?? now.AddHours(-1);
        byte[] revokedAt = Tlv.Time(options.RevokedAt ?? now.AddHours(-1));

        byte[][] serials = [.. revoked.Select(ReadSerialNumber), .. options.SerialNumbers.Select(serial => Tlv.Integer(serial))];

        // Version 2 is encoded as 1.
        byte[] issuer = options.Issuer?.Encode() ?? ca.SubjectDer.ToArray();
        List<byte[]> fields = [Tlv.Integer(1), scheme.AlgorithmIdentifier, issuer, Tlv.Time(thisUpdate)];
        if (options.HasNextUpdate)
            fields.Add(Tlv.Time(options.NextUpdate ?? now.AddDays(7)));

        // RFC 5280, 5.1.2.6: if no certificate is revoked, revokedCertificates must be absent.
        if (serials.Length > 0)
            fields.Add(Tlv.Sequence([.. serials.Select(serial => Tlv.Sequence(serial, revokedAt))]));
        fields.Add(Tlv.Explicit(0, Tlv.Sequence([.. CreateExtensions(ca, thisUpdate, options).Select(extension => extension.Encode())])));

        byte[] tbs = Tlv.Sequence([.. fields]);
        byte[] signature = scheme.Sign(tbs);
        if (options.CorruptSignature)
            signature[^1] ^= 1;
        return Tlv.Sequence(tbs, scheme.AlgorithmIdentifier, Tlv.BitString(signature));
    }

    private static IEnumerable<TestExtension> CreateExtensions(
        TestCertificateAuthority ca, DateTimeOffset thisUpdate, TestRevocationListOptions options)
    {
        // RFC 5280, 4.2.1.1: a copy of the CA's subject key identifier.
        if (ca.SubjectKeyIdentifier is { } identifier)
            yield return new(CertificateWriter.AuthorityKeyIdentifierOid, critical: false, Tlv.Sequence(Tlv.Encode(0x80, identifier)));
        yield return new(NumberOid, critical: false, Tlv.Integer(options.Number ?? thisUpdate.ToUnixTimeSeconds()));
        foreach (TestExtension extension in options.Extensions)
            yield return extension;
    }

    // tbsCertificate ::= SEQUENCE { [0] version OPTIONAL, serialNumber, … }
    private static byte[] ReadSerialNumber(TestCertificate certificate)
    {
        AsnReader fields = new AsnReader(certificate.Der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (fields.PeekTag().TagClass == TagClass.ContextSpecific)
            fields.ReadEncodedValue();
        return fields.ReadEncodedValue().ToArray();
    }
}
