namespace CertAuth.Certificates;

/// <summary>Why octets are no certificate.</summary>
public enum CertificateErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>More than 128 KiB, or more than 128 extensions.</summary>
    TooLarge = 1,

    /// <summary>Not one DER-encoded Certificate (RFC 5280, 4.1), or octets are left over.</summary>
    NotDer = 2,

    /// <summary>A version that doesn't exist, or fields that it doesn't have.</summary>
    BadVersion = 3,

    /// <summary>The algorithm in the signed part isn't the one beside the signature (RFC 5280, 4.1.1.2).</summary>
    AlgorithmMismatch = 4,

    /// <summary>A validity that is no time in UTC to the second.</summary>
    BadTime = 5,

    /// <summary>An extension that this library reads is malformed. The subject alternative name doesn't count here: see
    /// <see cref="ParsedCertificate.SanState"/>.</summary>
    BadExtension = 6,
}

/// <summary>Why octets are no certificate, and where.</summary>
/// <param name="Kind">What is wrong; <see cref="CertificateErrorKind.None"/> when nothing is.</param>
/// <param name="Index">About where: a 0-based index in octets.</param>
public readonly record struct CertificateError(CertificateErrorKind Kind, int Index)
{
    /// <summary>A sentence for a log.</summary>
    public override string ToString() => Kind switch
    {
        CertificateErrorKind.None => "No error.",
        CertificateErrorKind.TooLarge => "The certificate is over a bound (128 KiB, 128 extensions).",
        CertificateErrorKind.NotDer => $"Not the DER of one certificate, at octet {Index}.",
        CertificateErrorKind.BadVersion => $"A version that doesn't exist or lacks these fields, at octet {Index}.",
        CertificateErrorKind.AlgorithmMismatch => $"The two signature algorithms differ, at octet {Index}.",
        CertificateErrorKind.BadTime => $"A malformed validity, at octet {Index}.",
        CertificateErrorKind.BadExtension => $"A malformed extension, at octet {Index}.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

/// <summary>What became of the subject alternative name extension.</summary>
public enum SanState
{
    /// <summary>The certificate has none.</summary>
    Absent = 0,

    /// <summary>Well-formed.</summary>
    Present = 1,

    /// <summary>Malformed: no requirement on it is met.</summary>
    Malformed = 2,

    /// <summary>There more than once: no requirement on it is met.</summary>
    Repeated = 3,
}
