using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Reads one DER-encoded certificate (RFC 5280, 4.1) in one pass, without allocating.</summary>
internal ref struct CertificateReader
{
    private readonly ReadOnlySpan<byte> _whole;
    private CertificateFields _fields;

    private CertificateReader(ReadOnlySpan<byte> whole) => _whole = whole;

    /// <summary>Reads one certificate.</summary>
    /// <param name="encoded">The certificate, with no bytes after it. Ranges and error indexes refer to it.</param>
    /// <param name="fields">The fields that were read before the first error.</param>
    internal static CertificateError Read(ReadOnlySpan<byte> encoded, out CertificateFields fields)
    {
        CertificateReader reader = new(encoded);
        CertificateError error =
            encoded.Length > CertificateBounds.MaxBytes ? new(CertificateErrorKind.TooLarge, 0) : reader.ReadCertificate();
        fields = reader._fields;
        return error;
    }

    // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
    private CertificateError ReadCertificate()
    {
        DerReader outer = new(_whole);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return FailNotDer(_whole);

        DerReader parts = new(body);
        if (!parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> tbs)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> algorithm)
            || !parts.TryRead(DerTag.BitString, out ReadOnlySpan<byte> signature) || signature is not [0, _, ..] || !parts.IsEmpty)
        {
            return FailNotDer(body[parts.Position..]);
        }

        _fields.Tbs = Locate(tbs);
        _fields.SignatureAlgorithm = Locate(algorithm);
        _fields.Signature = Locate(signature[1..]);
        return ReadTbs(tbs, algorithm);
    }

    private CertificateError ReadTbs(ReadOnlySpan<byte> tbs, ReadOnlySpan<byte> outerAlgorithm)
    {
        DerReader outer = new(tbs);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);

        CertificateErrorKind version = ReadVersion(ref parts);
        if (version != CertificateErrorKind.None)
            return Fail(version, body);

        if (!parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> serial) || !DerInteger.IsValid(serial)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> algorithm))
        {
            return FailNotDer(body[parts.Position..]);
        }

        // RFC 5280, 4.1.1.2: both algorithms MUST be the same.
        if (!algorithm.SequenceEqual(outerAlgorithm))
            return Fail(CertificateErrorKind.AlgorithmMismatch, algorithm);

        if (!parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> issuer)
            || !parts.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> validity)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> subject)
            || !parts.TryReadEncoded(DerTag.Sequence, out ReadOnlySpan<byte> publicKey))
        {
            return FailNotDer(body[parts.Position..]);
        }

        DerReader times = new(validity);
        if (!DerTime.TryRead(ref times, out _fields.NotBefore) || !DerTime.TryRead(ref times, out _fields.NotAfter) || !times.IsEmpty)
            return Fail(CertificateErrorKind.BadTime, validity);

        _fields.SerialNumber = Locate(serial);
        _fields.Issuer = Locate(issuer);
        _fields.Subject = Locate(subject);
        _fields.PublicKey = Locate(publicKey);
        return ReadOptionalParts(ref parts, body);
    }

    // version [0] EXPLICIT INTEGER DEFAULT v1. DER omits the default, so an explicit v1 is malformed.
    private CertificateErrorKind ReadVersion(ref DerReader parts)
    {
        _fields.Version = 1;
        if (!parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped))
            return CertificateErrorKind.None;

        DerReader number = new(wrapped);
        if (!number.TryRead(DerTag.Integer, out ReadOnlySpan<byte> version) || !number.IsEmpty || version is not [1 or 2])
            return CertificateErrorKind.BadVersion;
        _fields.Version = version[0] + 1;
        return CertificateErrorKind.None;
    }

    // issuerUniqueID [1] and subjectUniqueID [2] need version 2 or 3; extensions [3] EXPLICIT needs version 3.
    private CertificateError ReadOptionalParts(ref DerReader parts, ReadOnlySpan<byte> body)
    {
        for (int number = 1; number <= 2; number++)
        {
            if (parts.TryRead(DerTag.ContextPrimitive(number), out ReadOnlySpan<byte> uniqueId) && _fields.Version < 2)
                return Fail(CertificateErrorKind.BadVersion, uniqueId);
        }

        ReadOnlySpan<byte> extensions = default;
        if (parts.TryRead(DerTag.ContextConstructed(3), out ReadOnlySpan<byte> wrapped))
        {
            if (_fields.Version < 3)
                return Fail(CertificateErrorKind.BadVersion, wrapped);
            DerReader sequence = new(wrapped);
            if (!sequence.TryRead(DerTag.Sequence, out extensions) || !sequence.IsEmpty || extensions.IsEmpty)
                return FailNotDer(wrapped);
        }

        return parts.IsEmpty ? ExtensionReader.Read(_whole, extensions, out _fields.Extensions) : FailNotDer(body[parts.Position..]);
    }

    private readonly DerRange Locate(ReadOnlySpan<byte> part) => DerRange.Locate(_whole, part);

    private readonly CertificateError FailNotDer(ReadOnlySpan<byte> part) => Fail(CertificateErrorKind.NotDer, part);

    private readonly CertificateError Fail(CertificateErrorKind kind, ReadOnlySpan<byte> part) => new(kind, Locate(part).Start);
}
