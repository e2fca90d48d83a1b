using System.Collections.Immutable;
using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Reads the extensions of a certificate (RFC 5280, 4.2).</summary>
internal ref struct ExtensionReader
{
    // The shortest extension: SEQUENCE { OBJECT IDENTIFIER of one byte, OCTET STRING of no bytes }.
    private const int MinExtensionBytes = 7;

    private readonly ReadOnlySpan<byte> _whole;
    private ExtensionFields _fields;

    private ExtensionReader(ReadOnlySpan<byte> whole)
    {
        _whole = whole;
        _fields.PathLength = -1;
    }

    /// <summary>Reads all extensions.</summary>
    /// <param name="whole">The certificate that contains the extensions. Ranges and error indexes refer to it.</param>
    /// <param name="extensions">The content of Extensions; empty if there are none.</param>
    /// <param name="fields">The extensions that were read before the first error.</param>
    internal static CertificateError Read(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> extensions, out ExtensionFields fields)
    {
        ExtensionReader reader = new(whole);
        CertificateErrorKind kind = reader.ReadAll(extensions, out ReadOnlySpan<byte> fault);
        fields = reader._fields;
        return kind == CertificateErrorKind.None ? default : new(kind, DerRange.Locate(whole, fault).Start);
    }

    private CertificateErrorKind ReadAll(ReadOnlySpan<byte> extensions, out ReadOnlySpan<byte> fault)
    {
        fault = extensions;
        Span<DerRange> seen = stackalloc DerRange[Math.Min(CertificateBounds.MaxExtensions, extensions.Length / MinExtensionBytes)];
        int count = 0;
        DerReader list = new(extensions);
        while (!list.IsEmpty)
        {
            if (count == CertificateBounds.MaxExtensions)
                return CertificateErrorKind.TooLarge;
            if (!list.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> extension))
                return CertificateErrorKind.NotDer;

            fault = extension;
            if (!DerExtension.TryRead(extension, out ReadOnlySpan<byte> oid, out bool critical, out ReadOnlySpan<byte> value))
                return CertificateErrorKind.NotDer;

            ExtensionKinds kind = GetKind(oid);
            bool repeated = kind == ExtensionKinds.None ? IsSeen(seen[..count], oid) : (_fields.Present & kind) != 0;
            if (repeated && _fields.Repeated.IsEmpty)
                _fields.Repeated = Locate(oid);
            seen[count++] = kind == ExtensionKinds.None ? Locate(oid) : default;
            _fields.Present |= kind;
            _fields.Critical |= critical ? kind : ExtensionKinds.None;
            if (!TryReadValue(kind, value, repeated))
                return CertificateErrorKind.BadExtension;
            if (critical && !IsRecognized(kind, oid) && _fields.UnknownCritical.IsEmpty)
                _fields.UnknownCritical = Locate(oid);
        }

        return CertificateErrorKind.None;
    }

    private readonly bool IsSeen(ReadOnlySpan<DerRange> seen, ReadOnlySpan<byte> oid)
    {
        foreach (DerRange other in seen)
        {
            if (other.Slice(_whole).SequenceEqual(oid))
                return true;
        }

        return false;
    }

    private static ExtensionKinds GetKind(ReadOnlySpan<byte> oid) => ExtensionOids.Find(oid) switch
    {
        ExtensionOid.SubjectKeyIdentifier => ExtensionKinds.SubjectKeyIdentifier,
        ExtensionOid.KeyUsage => ExtensionKinds.KeyUsage,
        ExtensionOid.SubjectAlternativeName => ExtensionKinds.SubjectAlternativeName,
        ExtensionOid.BasicConstraints => ExtensionKinds.BasicConstraints,
        ExtensionOid.NameConstraints => ExtensionKinds.NameConstraints,
        ExtensionOid.AuthorityKeyIdentifier => ExtensionKinds.AuthorityKeyIdentifier,
        ExtensionOid.PolicyConstraints => ExtensionKinds.PolicyConstraints,
        ExtensionOid.ExtendedKeyUsage => ExtensionKinds.ExtendedKeyUsage,
        _ => ExtensionKinds.None,
    };

    // Certificate policies are recognized: every policy is acceptable, so they restrict nothing (RFC 5280, 6.1.1 (c)). Policy constraints
    // can restrict a path and are not evaluated, so critical ones are not recognized.
    private static bool IsRecognized(ExtensionKinds kind, ReadOnlySpan<byte> oid) =>
        kind == ExtensionKinds.None
            ? ExtensionOids.Find(oid) == ExtensionOid.CertificatePolicies
            : kind != ExtensionKinds.PolicyConstraints;

    private bool TryReadValue(ExtensionKinds kind, ReadOnlySpan<byte> value, bool repeated)
    {
        switch (kind)
        {
            case ExtensionKinds.SubjectAlternativeName:
                _fields.San = Locate(value);
                _fields.SanState = repeated ? SanState.Repeated : SanReader.IsWellFormed(value) ? SanState.Present : SanState.Malformed;
                return true;
            case ExtensionKinds.SubjectKeyIdentifier:
                return TryReadSubjectKeyIdentifier(value);
            case ExtensionKinds.KeyUsage:
                return TryReadKeyUsage(value);
            case ExtensionKinds.BasicConstraints:
                return TryReadBasicConstraints(value);
            case ExtensionKinds.NameConstraints:
                _fields.NameConstraints = Locate(value);
                return value is [DerTag.Sequence, ..];
            case ExtensionKinds.AuthorityKeyIdentifier:
                return TryReadAuthorityKeyIdentifier(value);
            case ExtensionKinds.ExtendedKeyUsage:
                return TryReadExtendedKeyUsage(value);
            default:
                return true;
        }
    }

    private bool TryReadSubjectKeyIdentifier(ReadOnlySpan<byte> value)
    {
        DerReader outer = new(value);
        bool read = outer.TryRead(DerTag.OctetString, out ReadOnlySpan<byte> identifier) && outer.IsEmpty;
        _fields.SubjectKeyIdentifier = Locate(identifier);
        return read;
    }

    // AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0], authorityCertIssuer [1], authorityCertSerialNumber [2] }, all optional.
    private bool TryReadAuthorityKeyIdentifier(ReadOnlySpan<byte> value)
    {
        DerReader outer = new(value);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return false;

        DerReader parts = new(body);
        if (parts.TryRead(DerTag.ContextPrimitive(0), out ReadOnlySpan<byte> identifier))
            _fields.AuthorityKeyIdentifier = Locate(identifier);
        parts.TryRead(DerTag.ContextConstructed(1), out _);
        parts.TryRead(DerTag.ContextPrimitive(2), out _);
        return parts.IsEmpty;
    }

    private bool TryReadKeyUsage(ReadOnlySpan<byte> value)
    {
        DerReader outer = new(value);
        if (!outer.TryRead(DerTag.BitString, out ReadOnlySpan<byte> bits) || !outer.IsEmpty || !HasZeroPadding(bits))
            return false;

        // Bit 0 of the standard is the highest bit of the first byte.
        KeyUsages usages = KeyUsages.None;
        for (int bit = 0; bit < 7 && bits.Length > 1; bit++)
        {
            if ((bits[1] & (0x80 >> bit)) != 0)
                usages |= (KeyUsages)(1 << bit);
        }

        _fields.KeyUsage = usages;
        return true;
    }

    // X.690, 11.2.1: the unused bits are zero.
    private static bool HasZeroPadding(ReadOnlySpan<byte> bitString) =>
        bitString is [<= 7, ..] && (bitString.Length == 1 ? bitString[0] == 0 : (bitString[^1] & ((1 << bitString[0]) - 1)) == 0);

    // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
    private bool TryReadBasicConstraints(ReadOnlySpan<byte> value)
    {
        DerReader outer = new(value);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return false;

        DerReader parts = new(body);
        if (parts.TryRead(DerTag.Boolean, out ReadOnlySpan<byte> flag))
        {
            _fields.IsCa = flag is [0xFF];
            if (!_fields.IsCa)
                return false;
        }

        if (parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> length) && !DerInteger.TryReadSmall(length, out _fields.PathLength))
            return false;
        return parts.IsEmpty;
    }

    private bool TryReadExtendedKeyUsage(ReadOnlySpan<byte> value)
    {
        DerReader outer = new(value);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty || body.IsEmpty)
            return false;

        ExtendedKeyUsages usages = ExtendedKeyUsages.None;
        DerReader purposes = new(body);
        while (!purposes.IsEmpty)
        {
            if (!purposes.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid) || !DerOid.IsValid(oid))
                return false;

            if (oid.SequenceEqual(KeyPurposeOids.ClientAuth))
                usages |= ExtendedKeyUsages.ClientAuth;
            else if (oid.SequenceEqual(KeyPurposeOids.ServerAuth))
                usages |= ExtendedKeyUsages.ServerAuth;
            else if (oid.SequenceEqual(KeyPurposeOids.Any))
                usages |= ExtendedKeyUsages.Any;
        }

        _fields.ExtendedKeyUsage = usages;
        _fields.Purposes = Locate(body);
        return true;
    }

    /// <summary>Returns the object identifiers of <see cref="ExtensionFields.Purposes"/>.</summary>
    internal static ImmutableArray<string> ReadPurposes(ReadOnlySpan<byte> purposes)
    {
        ImmutableArray<string>.Builder oids = ImmutableArray.CreateBuilder<string>();
        DerReader reader = new(purposes);
        while (reader.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
            oids.Add(DerOid.Format(oid));
        return oids.ToImmutable();
    }

    private readonly DerRange Locate(ReadOnlySpan<byte> part) => DerRange.Locate(_whole, part);
}
