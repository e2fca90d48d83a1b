using CertAuth.Der;

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
            if (!names.TryReadAny(out byte tag, out ReadOnlySpan<byte> bytes) || SanType.Find(tag)?.IsWellFormed(bytes) != true)
                return false;
        }

        return true;
    }

    /// <summary>Reads the next entry. Returns false at the end.</summary>
    internal bool TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes)
    {
        bool read = _names.TryReadAny(out byte tag, out bytes);

        // The numbers of SanKind are those of the tags plus one.
        kind = (SanKind)((tag & 0x0F) + 1);
        return read;
    }
}
