namespace CertAuth.Names;

/// <summary>The format of a distinguished name as text.</summary>
public enum NameFormat
{
    /// <summary>The slash form of CertAuth: different names have different texts, and <see cref="DistinguishedName.TryParse"/> parses each
    /// to an equal name.</summary>
    Canonical = 1,

    /// <summary>The text that OpenSSL 3 prints (<c>X509_NAME_oneline</c>, <c>-nameopt compat</c>), byte for byte. It is ambiguous:
    /// different names can have the same text. Use it to compare with other systems by eye, never for decisions.</summary>
    OpenSsl3 = 2,

    /// <summary>The text that TiDB compares: only ten attribute types, without escapes. It is ambiguous, as <see cref="OpenSsl3"/>
    /// is.</summary>
    Tidb = 3,
}
