using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the certificates of a trust bundle from PEM, DER or PKCS#7, strictly: all of them or an error.</summary>
internal sealed class TrustBundleParser
{
    /// <summary>Largest bundle, in octets.</summary>
    internal const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Most certificates in a bundle.</summary>
    internal const int MaxCertificates = 10_000;

    private readonly List<ParsedCertificate> _certificates = [];
    private PemLocation _place;

    internal static IReadOnlyList<ParsedCertificate> Read(ReadOnlySpan<byte> data, out TrustBundleError error)
    {
        TrustBundleParser reader = new();
        if (data.Length > MaxBytes)
            error = reader.Error(TrustBundleErrorKind.TooLarge);
        else if (DerReader.IsSingleSequence(data))
            error = reader.ReadDer(data);
        else if (PemReader.IsPem(data))
            error = reader.ReadPem(data);
        else if (data is [DerTag.Sequence, ..])
            error = reader.ReadDer(data);
        else
            error = reader.ErrorOf(FileFormats.Recognize(data)) ?? reader.Error(TrustBundleErrorKind.NoCertificate);

        if (error.Kind == TrustBundleErrorKind.None && reader._certificates.Count == 0)
            error = reader.Error(TrustBundleErrorKind.NoCertificate);
        return reader._certificates;
    }

    private TrustBundleError ReadPem(ReadOnlySpan<byte> data)
    {
        IReadOnlyList<PemBlock> blocks = PemReader.Read(data, out PemFault? fault);
        foreach (PemBlock block in blocks)
        {
            _place = block.Location;
            TrustBundleError error = ReadBlock(block);
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        if (fault is null)
            return default;

        _place = fault.Place;
        return fault.Kind == PemFaultKind.EncryptedKey
            ? Error(TrustBundleErrorKind.PrivateKey, "It is encrypted.")
            : Error(TrustBundleErrorKind.MalformedBlock);
    }

    private TrustBundleError ReadBlock(PemBlock block) => block.Label switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => ReadCertificate(block.Data),
        "PKCS7" or "CMS" => ReadPkcs7(block.Data),
        "ENCRYPTED PRIVATE KEY" => Error(TrustBundleErrorKind.PrivateKey, "It is encrypted."),
        string key when key.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => Error(TrustBundleErrorKind.PrivateKey),
        _ => Error(TrustBundleErrorKind.UnexpectedBlock, FileFormats.DescribeLabel(block.Label)),
    };

    // Certificate begins with a SEQUENCE, PKCS#7's ContentInfo with an object identifier.
    private TrustBundleError ReadDer(ReadOnlySpan<byte> data)
    {
        DerReader outer = new(data);
        bool isPkcs7 = outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) && body is [DerTag.ObjectIdentifier, ..];
        return isPkcs7 ? ReadPkcs7(data.ToArray()) : ErrorOf(FileFormats.Recognize(data)) ?? ReadCertificate(data);
    }

    // What is neither a certificate nor PKCS#7, which are read.
    private TrustBundleError? ErrorOf(FileFormat format) => format switch
    {
        FileFormat.Unknown or FileFormat.Certificate or FileFormat.Pkcs7 => null,
        FileFormat.PrivateKey => Error(TrustBundleErrorKind.PrivateKey),
        FileFormat.EncryptedPrivateKey => Error(TrustBundleErrorKind.PrivateKey, "It is encrypted."),

        // Without the private key, which a bundle must not hold.
        FileFormat.Pkcs12 => Error(
            TrustBundleErrorKind.OtherFormat,
            "It is PKCS#12 (PFX); take its certificates out with: openssl pkcs12 -in FILE -nokeys -out FILE.pem."),
        _ => Error(TrustBundleErrorKind.OtherFormat, FileFormats.Describe(format)),
    };

    private TrustBundleError ReadPkcs7(byte[] data)
    {
        if (Pkcs7Certificates.ReadOrNull(data) is not { } certificates)
            return Error(TrustBundleErrorKind.MalformedPkcs7);
        if (certificates.Count == 0)
            return Error(TrustBundleErrorKind.NoCertificate);

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
        if (_certificates.Count == MaxCertificates)
            return Error(TrustBundleErrorKind.TooLarge);
        if (!ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out CertificateError error))
            return Error(TrustBundleErrorKind.MalformedCertificate, error.ToString());

        _certificates.Add(certificate);
        return default;
    }

    private TrustBundleError Error(TrustBundleErrorKind kind, string? detail = null) => new(kind, _place.Block, _place.Line, detail);
}
