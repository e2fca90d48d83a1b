namespace CertAuth.Der;

/// <summary>Recognizes the object identifiers of extensions.</summary>
internal static class ExtensionOids
{
    /// <summary>Returns the extension with the object identifier, by its last arc. The result can be a value that
    /// <see cref="ExtensionOid"/> does not name.</summary>
    // 55 1D is id-ce, 2.5.29. An arc below 0x80 is one byte.
    internal static ExtensionOid Find(ReadOnlySpan<byte> oid) =>
        oid is [0x55, 0x1D, < 0x80 and var arc] ? (ExtensionOid)arc : ExtensionOid.None;
}
