namespace CertAuth.Der;

/// <summary>The attribute types of names.</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class AttributeOids
{
    /// <summary>The largest arc that DER encodes in one byte.</summary>
    internal const byte LastX520Arc = 0x7F;

    /// <summary>1.2.840.113549.1.9.1, id-emailAddress (RFC 5280, appendix A.1).</summary>
    internal static ReadOnlySpan<byte> EmailAddress => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01];

    /// <summary>Gets the last arc of a type below id-at, 2.5.4 (X.520), which contains nearly all types. Returns false for other types, and
    /// for arcs above 127.</summary>
    internal static bool TryGetX520Arc(ReadOnlySpan<byte> oid, out byte arc)
    {
        bool isX520 = oid is [0x55, 0x04, <= LastX520Arc];
        arc = isX520 ? oid[^1] : (byte)0;
        return isX520;
    }
}
