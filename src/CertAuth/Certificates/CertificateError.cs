namespace CertAuth.Certificates;

/// <summary>An error in an encoded certificate. The default value is no error.</summary>
public readonly record struct CertificateError
{
    internal CertificateError(CertificateErrorKind kind, int index)
    {
        Kind = kind;
        Index = index;
    }

    /// <summary>Gets the kind of error, or <see cref="CertificateErrorKind.None"/>.</summary>
    public CertificateErrorKind Kind { get; }

    /// <summary>Gets the 0-based index, in bytes, of the part that contains the error.</summary>
    public int Index { get; }

    /// <summary>Returns a sentence that describes the error. It does not repeat the data that was read.</summary>
    public override string ToString() => Kind switch
    {
        CertificateErrorKind.None => "No error.",
        CertificateErrorKind.TooLarge => "The certificate exceeds a limit of 128 KiB and 128 extensions.",
        CertificateErrorKind.NotDer => $"The data is not one DER-encoded certificate; the error is at byte {Index}.",
        CertificateErrorKind.BadVersion =>
            $"The version of the certificate at byte {Index} does not exist or does not have all fields of the certificate.",
        CertificateErrorKind.AlgorithmMismatch =>
            $"The signature algorithm of the certificate at byte {Index} differs from the one beside the signature.",
        CertificateErrorKind.BadTime => $"The validity of the certificate at byte {Index} is malformed.",
        CertificateErrorKind.BadExtension => $"An extension of the certificate is malformed at byte {Index}.",
        _ => $"The certificate has error {(int)Kind} at byte {Index}.",
    };
}
