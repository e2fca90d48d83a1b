namespace CertAuth.Names;

/// <summary>A way to write a distinguished name as text.</summary>
public enum NameFormat
{
    /// <summary>CertAuth's own slash form: injective, and what <see cref="DistinguishedName.TryParse"/> reads back to an equal name.</summary>
    Canonical = 1,

    /// <summary>Byte for byte what OpenSSL 3 prints (<c>X509_NAME_oneline</c>, <c>-nameopt compat</c>). Ambiguous: to compare with other
    /// systems by eye, never to decide.</summary>
    OpenSsl3 = 2,

    /// <summary>What TiDB compares: ten attribute types, the others left out, nothing escaped. Ambiguous, as above.</summary>
    Tidb = 3,
}
