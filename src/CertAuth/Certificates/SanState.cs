namespace CertAuth.Certificates;

/// <summary>The state of a certificate's subject alternative name extension (RFC 5280, 4.2.1.6).</summary>
public enum SanState
{
    /// <summary>The certificate does not have the extension.</summary>
    Absent = 0,

    /// <summary>The extension is well-formed.</summary>
    Present = 1,

    /// <summary>The extension is malformed. It meets no requirement.</summary>
    Malformed = 2,

    /// <summary>The certificate has the extension more than once. It meets no requirement.</summary>
    Repeated = 3,
}
