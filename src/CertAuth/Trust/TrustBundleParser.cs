using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the certificates of a trust bundle from PEM, DER or PKCS #7. Either all certificates are read, or there is an
/// error.</summary>
internal sealed class TrustBundleParser
{
    private readonly List<ParsedCertificate> _certificates = [];
    private PemLocation _location;

    internal static IReadOnlyList<ParsedCertificate> Read(ReadOnlySpan<byte> data, out TrustBundleError error)
    {
        TrustBundleParser parser = new();
        if (data.Length > TrustBounds.MaxBundleBytes)
            error = parser.CreateError(TrustBundleErrorKind.TooLarge);
        else if (DerReader.IsSingleSequence(data))
            error = parser.ReadDer(data);
        else if (PemReader.IsPem(data))
            error = parser.ReadPem(data);
        else if (data is [DerTag.Sequence, ..])
            error = parser.ReadDer(data);
        else
            error = parser.GetFormatError(FileFormats.Recognize(data)) ?? parser.CreateError(TrustBundleErrorKind.NoCertificate);

        if (error.Kind == TrustBundleErrorKind.None && parser._certificates.Count == 0)
            error = parser.CreateError(TrustBundleErrorKind.NoCertificate);
        return parser._certificates;
    }

    private TrustBundleError ReadPem(ReadOnlySpan<byte> data)
    {
        IReadOnlyList<PemBlock> blocks = PemReader.Read(data, out PemFault? fault);
        foreach (PemBlock block in blocks)
        {
            _location = block.Location;
            TrustBundleError error = ReadBlock(block);
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        if (fault is null)
            return default;

        _location = fault.Location;
        return fault.Kind == PemFaultKind.EncryptedKey
            ? CreateError(TrustBundleErrorKind.PrivateKey, "It is encrypted.")
            : CreateError(TrustBundleErrorKind.MalformedBlock);
    }

    private TrustBundleError ReadBlock(PemBlock block) => block.Label switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => ReadCertificate(block.Data),
        "PKCS7" or "CMS" => ReadPkcs7(block.Data),
        "ENCRYPTED PRIVATE KEY" => CreateError(TrustBundleErrorKind.PrivateKey, "It is encrypted."),
        string key when key.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => CreateError(TrustBundleErrorKind.PrivateKey),
        _ => CreateError(TrustBundleErrorKind.UnexpectedBlock, FileFormats.DescribeLabel(block.Label)),
    };

    // A Certificate begins with a SEQUENCE; the ContentInfo of PKCS #7 begins with an OBJECT IDENTIFIER.
    private TrustBundleError ReadDer(ReadOnlySpan<byte> data)
    {
        DerReader outer = new(data);
        bool isPkcs7 = outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) && body is [DerTag.ObjectIdentifier, ..];
        return isPkcs7 ? ReadPkcs7(data.ToArray()) : GetFormatError(FileFormats.Recognize(data)) ?? ReadCertificate(data);
    }

    // Returns an error for a known format that is neither a certificate nor PKCS #7; otherwise, null.
    private TrustBundleError? GetFormatError(FileFormat format) => format switch
    {
        FileFormat.Unknown or FileFormat.Certificate or FileFormat.Pkcs7 => null,
        FileFormat.PrivateKey => CreateError(TrustBundleErrorKind.PrivateKey),
        FileFormat.EncryptedPrivateKey => CreateError(TrustBundleErrorKind.PrivateKey, "It is encrypted."),

        // -nokeys leaves out the private key, which does not belong in a bundle.
        FileFormat.Pkcs12 => CreateError(
            TrustBundleErrorKind.OtherFormat,
            "It is PKCS #12 (PFX); extract its certificates with: openssl pkcs12 -in FILE -nokeys -out FILE.pem."),
        _ => CreateError(TrustBundleErrorKind.OtherFormat, FileFormats.Describe(format)),
    };

    private TrustBundleError ReadPkcs7(byte[] data)
    {
        if (Pkcs7Certificates.ReadOrNull(data) is not { } certificates)
            return CreateError(TrustBundleErrorKind.MalformedPkcs7);
        if (certificates.Count == 0)
            return CreateError(TrustBundleErrorKind.NoCertificate);

        foreach (ReadOnlyMemory<byte> certificate in certificates)
        {
            TrustBundleError error = ReadCertificate(certificate.Span);
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        return default;
    }

    private TrustBundleError ReadCertificate(ReadOnlySpan<byte> der)
    {
        if (_certificates.Count == TrustBounds.MaxBundleCertificates)
            return CreateError(TrustBundleErrorKind.TooLarge);
        if (!ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error))
            return CreateError(TrustBundleErrorKind.MalformedCertificate, error.ToString());

        _certificates.Add(certificate);
        return default;
    }

    private TrustBundleError CreateError(TrustBundleErrorKind kind, string? detail = null) =>
        new(kind, _location.Block, _location.Line, detail);
}
