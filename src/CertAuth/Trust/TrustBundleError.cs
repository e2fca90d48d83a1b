namespace CertAuth.Trust;

/// <summary>Why a trust bundle can't be loaded.</summary>
public enum TrustBundleErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>No certificate in it, or in a PKCS#7 block of it.</summary>
    NoCertificate = 1,

    /// <summary>More than 16 MiB, or more than 10,000 certificates.</summary>
    TooLarge = 2,

    /// <summary>A PEM block whose BEGIN and END lines or base64 are broken (RFC 7468).</summary>
    MalformedBlock = 3,

    /// <summary>A PEM block that is no certificate and no PKCS#7.</summary>
    UnexpectedBlock = 4,

    /// <summary>A private key: it doesn't belong beside CA certificates.</summary>
    PrivateKey = 5,

    /// <summary>A certificate that can't be read.</summary>
    MalformedCertificate = 6,

    /// <summary>PKCS#7 that can't be read, or that holds something else than X.509 certificates.</summary>
    MalformedPkcs7 = 7,

    /// <summary>A revocation list that can't be read or is refused: <see cref="TrustBundleError.Detail"/> says why.</summary>
    MalformedRevocationList = 8,

    /// <summary>A file of another format, such as PKCS#12 or a signing request: <see cref="TrustBundleError.Detail"/> names it.</summary>
    OtherFormat = 9,
}

/// <summary>Why a trust bundle can't be loaded, and where.</summary>
/// <param name="Kind">What is wrong; <see cref="TrustBundleErrorKind.None"/> when nothing is.</param>
/// <param name="Block">The number of the PEM block, from 1; 0 where there are no blocks.</param>
/// <param name="Line">The line at which the block begins, from 1; 0 where there are no lines.</param>
/// <param name="Detail">What is wrong within it, or null.</param>
public readonly record struct TrustBundleError(TrustBundleErrorKind Kind, int Block, int Line, string? Detail)
{
    /// <summary>A sentence with the fix in sight.</summary>
    public override string ToString()
    {
        string place = Block > 0 ? $" in block {Block} at line {Line}" : "";
        string detail = Detail is null ? "" : $" {Detail}";
        return Kind switch
        {
            TrustBundleErrorKind.None => "No error.",
            TrustBundleErrorKind.NoCertificate => $"No certificate{place}; write PEM, DER or PKCS#7.",
            TrustBundleErrorKind.TooLarge => "The trust bundle is over a bound (16 MiB, 10,000 certificates).",
            TrustBundleErrorKind.MalformedBlock => $"Broken PEM{place}; each BEGIN line needs its END line and base64 between them.{detail}",
            TrustBundleErrorKind.UnexpectedBlock => $"Neither a certificate nor PKCS#7{place}; take it out.{detail}",
            TrustBundleErrorKind.PrivateKey => $"A private key{place}; keep keys out of a file of CA certificates.{detail}",
            TrustBundleErrorKind.MalformedCertificate => $"A certificate that can't be read{place}.{detail}",
            TrustBundleErrorKind.MalformedPkcs7 => $"PKCS#7 that can't be read{place}.{detail}",
            TrustBundleErrorKind.MalformedRevocationList => $"A revocation list that is refused{place}.{detail}",
            TrustBundleErrorKind.OtherFormat => $"The file holds no CA certificates in PEM, DER or PKCS#7.{detail}",
            _ => $"Error {(int)Kind}{place}.{detail}",
        };
    }
}
