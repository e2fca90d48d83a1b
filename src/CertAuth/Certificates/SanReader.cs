using CertAuth.Der;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>Reads the entries of a subjectAltName extension value (RFC 5280, 4.2.1.6) without allocating.</summary>
internal ref struct SanReader
{
    private DerReader _names;

    /// <summary>Creates a reader of a well-formed extension value.</summary>
    /// <param name="extensionValue">The GeneralNames of the extension; empty if there is no extension.</param>
    internal SanReader(ReadOnlySpan<byte> extensionValue)
    {
        DerReader outer = new(extensionValue);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> names);
        _names = new(names);
    }

    /// <summary>Returns whether the value is one DER-encoded GeneralNames with at least one entry, and every entry is
    /// well-formed.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<byte> extensionValue)
    {
        DerReader outer = new(extensionValue);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty || body.IsEmpty)
            return false;

        DerReader names = new(body);
        while (!names.IsEmpty)
        {
            if (!names.TryReadAny(out byte tag, out ReadOnlySpan<byte> bytes) || !IsWellFormed(tag, bytes))
                return false;
        }

        return true;
    }

    /// <summary>Reads the next entry. Returns false at the end.</summary>
    internal bool TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes)
    {
        bool read = _names.TryReadAny(out byte tag, out bytes);
        kind = (SanKind)((tag & 0x0F) + 1);
        return read;
    }

    private static bool IsWellFormed(byte tag, ReadOnlySpan<byte> bytes) => tag switch
    {
        0x81 or 0x82 or 0x86 => IsPrintableAscii(bytes),
        0x87 => bytes.Length is 4 or 16,
        0x88 => DerOid.IsValid(bytes),
        0xA0 => IsOtherName(bytes),
        0xA3 or 0xA5 => IsSequenceOfValues(bytes),
        0xA4 => IsName(bytes),
        _ => false,
    };

    // Stricter than IA5String: control characters and the empty string are malformed as well.
    private static bool IsPrintableAscii(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && !bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);

    private static bool IsOtherName(ReadOnlySpan<byte> bytes)
    {
        DerReader parts = new(bytes);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type) || !DerOid.IsValid(type)
            || !parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped) || !parts.IsEmpty)
        {
            return false;
        }

        DerReader value = new(wrapped);
        return value.TryReadAny(out _, out _) && value.IsEmpty;
    }

    private static bool IsSequenceOfValues(ReadOnlySpan<byte> bytes)
    {
        DerReader values = new(bytes);
        while (!values.IsEmpty)
        {
            if (!values.TryReadAny(out _, out _))
                return false;
        }

        return !bytes.IsEmpty;
    }

    // Name is a CHOICE, so its tag is explicit and the Name is complete inside it (X.680, 31.2.7).
    private static bool IsName(ReadOnlySpan<byte> bytes)
    {
        if (!NameReader.TryOpen(bytes, out NameReader reader))
            return false;

        NameErrorKind error;
        while (reader.TryRead(out _, out error))
        {
        }

        return error == NameErrorKind.None;
    }
}
