namespace CertAuth.Names;

/// <summary>The bounds of names. docs/bounds.md states what happens beyond each.</summary>
internal static class NameBounds
{
    /// <summary>The maximum number of attributes in one RDN.</summary>
    // Real names have one, rarely two.
    internal const int MaxRdnAttributes = 64;

    /// <summary>The maximum length of an encoded name, in bytes.</summary>
    // As large as a certificate.
    internal const int MaxEncodedLength = 128 * 1024;

    /// <summary>The maximum length of a name as text, in UTF-16 code units.</summary>
    // One byte of DER becomes at most 8 code units, so the text of every encoded name is shorter.
    internal const int MaxTextLength = 8 * MaxEncodedLength;

    /// <summary>The maximum length of a dotted OID in the OpenSSL 3 form of a name.</summary>
    // OpenSSL writes an unknown type into a buffer of 80 bytes that ends with a NUL.
    internal const int MaxOpenSslOidLength = 79;

    /// <summary>The maximum length, in bytes, of a matching encoding that is kept.</summary>
    // Memory: each required name keeps one.
    internal const int MaxRememberedBytes = 2048;

    /// <summary>The maximum length of a host name, in bytes.</summary>
    // RFC 1035, 2.3.4.
    internal const int MaxHostNameLength = 253;

    /// <summary>The maximum length of a label of a host name, in bytes.</summary>
    // RFC 1035, 2.3.4.
    internal const int MaxHostLabelLength = 63;
}
