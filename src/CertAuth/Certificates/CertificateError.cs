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

    /// <summary>Gets the 0-based index, in bytes, of the part that contains the error; 0 if that part is missing or empty.</summary>
    public int Index { get; }

    /// <summary>Returns a sentence that describes the error. It does not repeat the data that was read.</summary>
    public override string ToString() => Kind switch
    {
        CertificateErrorKind.None => "No error.",
        CertificateErrorKind.TooLarge => "The certificate is larger than 128 KiB or has more than 128 extensions.",
        CertificateErrorKind.NotDer => $"The data is not one DER-encoded certificate; the error is at byte {Index}.",
        CertificateErrorKind.BadVersion =>
            "The version of the certificate is malformed or unknown, or the certificate has a field that its version does not define; "
            + $"the error is at byte {Index}.",
        CertificateErrorKind.AlgorithmMismatch =>
            $"The signature algorithm at byte {Index} of the certificate differs from the one that follows the signed part.",
        CertificateErrorKind.BadTime => $"The validity at byte {Index} of the certificate is not two times in UTC with seconds.",
        CertificateErrorKind.BadExtension => $"The extension at byte {Index} of the certificate is malformed.",
        _ => $"The certificate has error {(int)Kind} at byte {Index}.",
    };
}
