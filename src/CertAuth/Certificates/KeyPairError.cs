using CertAuth.Keys;

namespace CertAuth.Certificates;

/// <summary>An error in the files of a certificate and its private key. The default value is no error.</summary>
public readonly record struct KeyPairError
{
    internal KeyPairError(KeyPairErrorKind kind, KeyPairFile file, int index, string? detail)
    {
        Kind = kind;
        File = file;
        Index = index;
        Detail = detail;
    }

    /// <summary>Gets the kind of error, or <see cref="KeyPairErrorKind.None"/>.</summary>
    public KeyPairErrorKind Kind { get; }

    /// <summary>Gets the file that contains the error.</summary>
    public KeyPairFile File { get; }

    /// <summary>Gets the number of the PEM block that contains the error, counted from 1; 0 if the error is in no particular
    /// block.</summary>
    public int Index { get; }

    /// <summary>Gets one or more sentences that say more about the error, or null.</summary>
    public string? Detail { get; }

    /// <summary>Returns sentences that describe the error and the remedy. They call the files "the certificate file" and "the key
    /// file".</summary>
    public override string ToString() => ToString("the certificate file");

    /// <summary>Returns sentences that describe the error and the remedy, with the names of the files.</summary>
    /// <param name="certificateFile">The name of the certificate file, such as its path. It is not escaped.</param>
    /// <param name="keyFile">The name of the private key file, such as its path. It is not escaped.</param>
    public string ToString(string certificateFile, string keyFile = "the key file")
    {
        string file = File == KeyPairFile.PrivateKey ? keyFile : certificateFile;
        string location = Index > 0 ? $"in block {Index} of {file}" : $"in {file}";
        string detail = Detail is null ? "" : $" {Detail}";
        return Kind switch
        {
            KeyPairErrorKind.None => "No error.",
            KeyPairErrorKind.TooLarge => $"There is too much data {location}. The limits are 1 MiB and 11 certificates.",
            KeyPairErrorKind.NoCertificate =>
                $"There is no certificate {location}. Write PEM: the certificate first, then the certificates of its issuers.",
            KeyPairErrorKind.MalformedBlock =>
                $"The PEM {location} is malformed. Each BEGIN line needs a matching END line, with base64 between them.{detail}",
            KeyPairErrorKind.UnexpectedBlock =>
                $"The PEM {location} is neither a certificate nor a private key. Remove it.{detail}",
            KeyPairErrorKind.MalformedCertificate => $"The certificate {location} is malformed.{detail}",
            KeyPairErrorKind.UnusableKey =>
                $"The key of the certificate {location} cannot be used.{detail} Use {KeyPolicy.UsableKeys}.",
            KeyPairErrorKind.NoPrivateKey => $"Exactly one private key is expected {location}.{detail}",
            KeyPairErrorKind.EncryptedPrivateKey =>
                $"The private key {location} is encrypted. Write it without a passphrase, readable by the server only.",
            KeyPairErrorKind.MalformedPrivateKey => $"The private key {location} is malformed.{detail}",
            KeyPairErrorKind.KeyMismatch =>
                $"The private key in {keyFile} does not belong to the first certificate in {certificateFile}. "
                + "One of the two files may not have been replaced yet.",
            KeyPairErrorKind.Expired => $"The certificate in {certificateFile} has expired.{detail}",
            KeyPairErrorKind.NotYetValid => $"The certificate in {certificateFile} is not valid yet.{detail}",
            KeyPairErrorKind.WrongKeyUsage =>
                $"The key usage of the certificate in {certificateFile} lacks digitalSignature. "
                + "Issue a certificate with this key usage.",
            KeyPairErrorKind.RejectedByPlatform => $"The platform rejects the certificate in {certificateFile}.{detail}",
            KeyPairErrorKind.OtherFormat => $"There is no PEM {location}.{detail}",
            _ => $"There is error {(int)Kind} {location}.{detail}",
        };
    }
}
