using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Recognizes formats that are often confused: binary files by the first tags of their ASN.1 structure, PEM blocks by their
/// label.</summary>
/// <remarks>The result is used only in messages; no verdict depends on it. Recognition takes constant time.</remarks>
internal static class FileFormats
{
    /// <summary>The maximum number of tags that are needed to distinguish the formats.</summary>
    private const int MaxTags = 4;

    // The tag [0] in the constructed form.
    private const byte Context0 = 0xA0;

    /// <summary>Recognizes a file that is not PEM.</summary>
    internal static FileFormat Recognize(ReadOnlySpan<byte> file)
    {
        if (file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return FileFormat.Utf16;

        // NSS writes a PFX in BER with an indefinite length.
        if (file is [DerTag.Sequence, 0x80, DerTag.Integer, 1, 3, ..])
            return FileFormat.Pkcs12;

        Span<byte> tags = stackalloc byte[MaxTags];
        ReadOnlySpan<byte> outer = ReadContentOrEmpty(file, DerTag.Sequence);
        ReadOnlySpan<byte> found = ReadTags(outer, tags);
        return found switch
        {
            // ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, … } (RFC 5652, 3)
            [DerTag.ObjectIdentifier, ..] => FileFormat.Pkcs7,

            // PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, … } (RFC 7292, 4)
            [DerTag.Integer, DerTag.Sequence, ..] when outer is [_, 1, 3, ..] => FileFormat.Pkcs12,

            // PrivateKeyInfo, RSAPrivateKey and ECPrivateKey begin with their version (RFC 5958, 2; RFC 8017, A.1.2; RFC 5915, 3).
            [DerTag.Integer, DerTag.Sequence or DerTag.Integer or DerTag.OctetString, ..]
                when outer is [_, 1, 0 or 1, ..] => FileFormat.PrivateKey,

            // EncryptedPrivateKeyInfo ::= SEQUENCE { algorithm, encryptedData OCTET STRING } (RFC 5958, 3)
            [DerTag.Sequence, DerTag.OctetString] => FileFormat.EncryptedPrivateKey,

            // SubjectPublicKeyInfo ::= SEQUENCE { algorithm, subjectPublicKey BIT STRING } (RFC 5280, 4.1)
            [DerTag.Sequence, DerTag.BitString] => FileFormat.PublicKey,

            // SEQUENCE { signed part, signatureAlgorithm, signature BIT STRING }
            [DerTag.Sequence, DerTag.Sequence, DerTag.BitString, ..] => RecognizeSigned(ReadContentOrEmpty(outer, DerTag.Sequence), tags),
            _ => FileFormat.Unknown,
        };
    }

    // RFC 7468
    private static FileFormat RecognizeLabel(string label) => label switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => FileFormat.Certificate,
        "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST" => FileFormat.CertificateRequest,
        "X509 CRL" => FileFormat.RevocationList,
        "PKCS7" or "CMS" => FileFormat.Pkcs7,
        "ENCRYPTED PRIVATE KEY" => FileFormat.EncryptedPrivateKey,
        _ when label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => FileFormat.PrivateKey,
        _ when label.EndsWith("PUBLIC KEY", StringComparison.Ordinal) => FileFormat.PublicKey,
        _ => FileFormat.Unknown,
    };

    /// <summary>Returns a sentence that says what a file that is not PEM contains and, where it can be converted, how; null if the format
    /// is unknown.</summary>
    internal static string? Describe(FileFormat format) => format switch
    {
        FileFormat.Certificate => "It is a certificate in DER; convert it with: openssl x509 -inform DER -in FILE -out FILE.pem.",
        FileFormat.Pkcs7 => "It is PKCS #7 in DER; convert it with: openssl pkcs7 -inform DER -in FILE -print_certs -out FILE.pem.",
        FileFormat.Pkcs12 => "It is PKCS #12 (PFX); convert it with: openssl pkcs12 -in FILE -nodes -out FILE.pem.",
        FileFormat.PrivateKey => "It is a private key in DER; convert it with: openssl pkey -inform DER -in FILE -out FILE.pem.",
        FileFormat.Utf16 => "It is text in UTF-16; save it as UTF-8.",
        _ => DescribeContent(format),
    };

    /// <summary>Returns a sentence that says what a PEM block with this label contains, or null if the label is unknown.</summary>
    internal static string? DescribeLabel(string label) => DescribeContent(RecognizeLabel(label));

    private static string? DescribeContent(FileFormat format) => format switch
    {
        FileFormat.Certificate => "It is a certificate.",
        FileFormat.CertificateRequest => "It is a certificate signing request (CSR); the CA issues a certificate for it.",
        FileFormat.RevocationList => "It is a revocation list (CRL).",
        FileFormat.Pkcs7 => "It is PKCS #7.",
        FileFormat.PrivateKey => "It is a private key.",
        FileFormat.EncryptedPrivateKey => "It is an encrypted private key.",
        FileFormat.PublicKey => "It is a public key.",
        _ => null,
    };

    private static FileFormat RecognizeSigned(ReadOnlySpan<byte> signed, Span<byte> tags)
    {
        bool isVersion0 = signed is [DerTag.Integer, 1, 0, ..];
        return ReadTags(signed, tags) switch
        {
            // TBSCertificate ::= SEQUENCE { [0] version, … }. Version 1 begins with serial number, algorithm, issuer, validity (RFC 5280,
            // 4.1).
            [Context0, ..] or [DerTag.Integer, DerTag.Sequence, DerTag.Sequence, DerTag.Sequence] => FileFormat.Certificate,

            // TBSCertList ::= SEQUENCE { version, algorithm, issuer, thisUpdate, … } (RFC 5280, 5.1)
            [DerTag.Integer, DerTag.Sequence, DerTag.Sequence, DerTag.UtcTime or DerTag.GeneralizedTime] => FileFormat.RevocationList,
            [DerTag.Sequence, DerTag.Sequence, DerTag.UtcTime or DerTag.GeneralizedTime, ..] => FileFormat.RevocationList,

            // CertificationRequestInfo ::= SEQUENCE { version INTEGER {v1(0)}, subject, subjectPKInfo, [0] attributes } (RFC 2986, 4.1)
            [DerTag.Integer, DerTag.Sequence, DerTag.Sequence] or [DerTag.Integer, DerTag.Sequence, DerTag.Sequence, Context0]
                when isVersion0 => FileFormat.CertificateRequest,
            _ => FileFormat.Unknown,
        };
    }

    private static ReadOnlySpan<byte> ReadContentOrEmpty(ReadOnlySpan<byte> data, byte tag)
    {
        DerReader reader = new(data);
        return reader.TryRead(tag, out ReadOnlySpan<byte> content) ? content : [];
    }

    private static ReadOnlySpan<byte> ReadTags(ReadOnlySpan<byte> values, Span<byte> tags)
    {
        DerReader reader = new(values);
        int count = 0;
        while (count < MaxTags && reader.TryReadAny(out byte tag, out _))
            tags[count++] = tag;
        return tags[..count];
    }
}
