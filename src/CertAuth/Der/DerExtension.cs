namespace CertAuth.Der;

/// <summary>An extension of a certificate, a revocation list or an entry of one (RFC 5280, 4.1).</summary>
internal static class DerExtension
{
    /// <summary>Reads the content of one Extension. Returns false if it is malformed.</summary>
    // Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }; in DER, FALSE is omitted and TRUE is FF.
    internal static bool TryRead(ReadOnlySpan<byte> extension, out ReadOnlySpan<byte> oid, out bool critical, out ReadOnlySpan<byte> value)
    {
        DerReader parts = new(extension);
        critical = false;
        value = default;
        if (!parts.TryRead(DerTag.ObjectIdentifier, out oid) || !DerOid.IsValid(oid))
            return false;
        if (parts.TryRead(DerTag.Boolean, out ReadOnlySpan<byte> flag))
        {
            critical = flag is [0xFF];
            if (!critical)
                return false;
        }

        return parts.TryRead(DerTag.OctetString, out value) && parts.IsEmpty;
    }
}
