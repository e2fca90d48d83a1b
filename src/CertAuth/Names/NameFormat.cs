namespace CertAuth.Names;

/// <summary>The format of a distinguished name as text.</summary>
public enum NameFormat
{
    /// <summary>The slash form of CertAuth: different names have different texts, and <see cref="DistinguishedName.TryParse"/> parses each
    /// to an equal name.</summary>
    Canonical = 1,

    /// <summary>Byte for byte what OpenSSL 3 prints (<c>X509_NAME_oneline</c>, <c>-nameopt compat</c>). Ambiguous: for comparison with
    /// other systems by eye, never for decisions.</summary>
    OpenSsl3 = 2,

    /// <summary>The text that TiDB compares: only ten attribute types, without escapes. Ambiguous, like
    /// <see cref="OpenSsl3"/>.</summary>
    Tidb = 3,
}
