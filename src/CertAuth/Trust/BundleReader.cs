using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the certificates of a trust bundle from PEM, DER or PKCS#7, strictly: all of them or an error.</summary>
internal sealed class BundleReader
{
    /// <summary>Largest bundle, in octets.</summary>
    internal const int MaxOctets = 16 * 1024 * 1024;

    /// <summary>Most certificates in a bundle.</summary>
    internal const int MaxCertificates = 10_000;

    private const string Begin = "-----BEGIN";
    private const string End = "-----END";

    private readonly List<ClientCertificate> _certificates = [];
    private int _block;
    private int _line;

    internal static IReadOnlyList<ClientCertificate> Read(ReadOnlySpan<byte> data, out TrustBundleError error)
    {
        BundleReader reader = new();
        if (data.Length > MaxOctets)
            error = reader.Error(TrustBundleErrorKind.TooLarge);
        else if (IsPem(data))
            error = reader.ReadPem(Encoding.UTF8.GetString(data));
        else if (data is [DerTag.Sequence, ..])
            error = reader.ReadDer(data);
        else
            error = reader.Error(TrustBundleErrorKind.NoCertificate);

        if (error.Kind == TrustBundleErrorKind.None && reader._certificates.Count == 0)
            error = reader.Error(TrustBundleErrorKind.NoCertificate);
        return reader._certificates;
    }

    // Any part of a block will do: a file whose only BEGIN line is damaged is broken PEM, and not a file of another kind.
    private static bool IsPem(ReadOnlySpan<byte> data) =>
        data.IndexOf("-----BEGIN"u8) >= 0 || data.IndexOf("-----END"u8) >= 0 || data.IndexOf("BEGIN CERTIFICATE"u8) >= 0;

    // RFC 7468: text outside the blocks is commentary, unless it looks like a part of a block.
    private TrustBundleError ReadPem(ReadOnlySpan<char> text)
    {
        int position = 0;
        int line = 1;
        while (NextMark(text[position..]) is >= 0 and int offset)
        {
            line += text.Slice(position, offset).Count('\n');
            position += offset;
            _block++;
            _line = line;
            if (!PemEncoding.TryFind(text[position..], out PemFields fields) || fields.Location.Start.Value != 0)
                return Error(TrustBundleErrorKind.BrokenBlock);

            ReadOnlySpan<char> block = text[position..][fields.Location];
            TrustBundleError error = ReadBlock(text[position..][fields.Label].ToString(), text[position..][fields.Base64Data].ToString());
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
            line += block.Count('\n');
            position += block.Length;
        }

        return default;
    }

    // The next thing that a block begins with, or that shows that one was damaged.
    private static int NextMark(ReadOnlySpan<char> text)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        ReadOnlySpan<char> before = begin < 0 ? text : text[..begin];
        int end = before.IndexOf(End, StringComparison.Ordinal);
        int damaged = before.IndexOf("BEGIN CERTIFICATE", StringComparison.Ordinal);
        return (end, damaged) switch
        {
            ( >= 0, >= 0) => Math.Min(end, damaged),
            ( >= 0, _) => end,
            (_, >= 0) => damaged,
            _ => begin,
        };
    }

    private TrustBundleError ReadBlock(string label, string base64)
    {
        switch (label)
        {
            case "CERTIFICATE" or "X509 CERTIFICATE":
                return ReadCertificate(Convert.FromBase64String(base64));
            case "PKCS7" or "CMS":
                return ReadPkcs7(Convert.FromBase64String(base64));
            case "ENCRYPTED PRIVATE KEY":
                return Error(TrustBundleErrorKind.PrivateKey, "It is encrypted.");
            case string key when key.EndsWith("PRIVATE KEY", StringComparison.Ordinal):
                return Error(TrustBundleErrorKind.PrivateKey);
            default:
                return Error(TrustBundleErrorKind.UnexpectedBlock);
        }
    }

    // Certificate begins with a SEQUENCE, PKCS#7's ContentInfo with an object identifier.
    private TrustBundleError ReadDer(ReadOnlySpan<byte> data)
    {
        DerReader outer = new(data);
        bool isPkcs7 = outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) && body is [DerTag.ObjectIdentifier, ..];
        return isPkcs7 ? ReadPkcs7(data.ToArray()) : ReadCertificate(data);
    }

    private TrustBundleError ReadPkcs7(byte[] data)
    {
        SignedCms message = new();
        try
        {
            message.Decode(data);
        }
        catch (CryptographicException)
        {
            return Error(TrustBundleErrorKind.BrokenPkcs7);
        }

        foreach (X509Certificate2 certificate in message.Certificates)
        {
            using (certificate)
            {
                TrustBundleError error = ReadCertificate(certificate.RawDataMemory.Span);
                if (error.Kind != TrustBundleErrorKind.None)
                    return error;
            }
        }

        return default;
    }

    private TrustBundleError ReadCertificate(ReadOnlySpan<byte> der)
    {
        if (_certificates.Count == MaxCertificates)
            return Error(TrustBundleErrorKind.TooLarge);
        if (!ClientCertificate.TryRead(der, out ClientCertificate? certificate, out CertificateError error))
            return Error(TrustBundleErrorKind.BrokenCertificate, error.ToString());

        _certificates.Add(certificate);
        return default;
    }

    private TrustBundleError Error(TrustBundleErrorKind kind, string? detail = null) => new(kind, _block, _line, detail);
}
