namespace CertAuth.Trust;

/// <summary>The reason why a trust bundle cannot be read, and the position of the error.</summary>
/// <remarks>The default value means that there is no error.</remarks>
public readonly record struct TrustBundleError
{
    internal TrustBundleError(TrustBundleErrorKind kind, int index = 0, int line = 0, string? detail = null, int revocationListFile = 0) =>
        (Kind, Index, Line, Detail, RevocationListFile) = (kind, index, line, detail, revocationListFile);

    /// <summary>Gets the kind of the error; <see cref="TrustBundleErrorKind.None"/> if there is no error.</summary>
    public TrustBundleErrorKind Kind { get; }

    /// <summary>Gets the number of the PEM block, counted from 1; 0 if the data is not PEM or the error is not about one block. For
    /// <see cref="TrustBundleErrorKind.MalformedRevocationList"/>, the block is one of the revocation list file.</summary>
    public int Index { get; }

    /// <summary>Gets the number of the line at which the PEM block begins, counted from 1; 0 if <see cref="Index"/> is 0.</summary>
    public int Line { get; }

    /// <summary>Gets one or more sentences about the content of the block or file; null if there is nothing to add to the kind.</summary>
    internal string? Detail { get; }

    /// <summary>Gets the number of the file of revocation lists, counted from 1; 0 if the error is in the certificates.</summary>
    internal int RevocationListFile { get; }

    private string Source => (Index, RevocationListFile) switch
    {
        (0, 0) => "The trust bundle",
        (0, _) => $"Revocation list file {RevocationListFile}",
        (_, 0) => Block,
        _ => $"{Block} of revocation list file {RevocationListFile}",
    };

    private string Block => $"PEM block {Index} at line {Line}";

    /// <summary>Returns sentences that say what is wrong, where, and how to correct it.</summary>
    public override string ToString()
    {
        string detail = Detail is null ? "" : $" {Detail}";
        return Kind switch
        {
            TrustBundleErrorKind.None => "No error.",
            TrustBundleErrorKind.NoCertificate => $"{Source} contains no certificate. Provide CA certificates as PEM, DER or PKCS #7.",
            TrustBundleErrorKind.TooLarge =>
                "The trust bundle exceeds a limit: 16 MiB or 10,000 certificates. Remove the certificates that are not needed.",
            TrustBundleErrorKind.MalformedBlock =>
                $"{Source} is malformed.{detail} Each BEGIN line needs a matching END line, with base64 between them.",
            TrustBundleErrorKind.UnexpectedBlock => $"{Source} is neither a certificate nor PKCS #7.{detail} Remove it from the bundle.",
            TrustBundleErrorKind.PrivateKey =>
                $"{Source} contains a private key.{detail} Keep private keys out of a file of CA certificates.",
            TrustBundleErrorKind.MalformedCertificate => $"{Source} contains a certificate that cannot be read.{detail}",
            TrustBundleErrorKind.MalformedPkcs7 =>
                $"{Source} contains PKCS #7 that cannot be read.{detail} It must be well-formed and contain only X.509 certificates.",
            TrustBundleErrorKind.MalformedRevocationList => $"{Source} cannot be used.{detail}",
            TrustBundleErrorKind.OtherFormat => $"{Source} contains no CA certificates as PEM, DER or PKCS #7.{detail}",
            _ => $"{Source} has an error with the number {(int)Kind}.{detail}",
        };
    }
}
