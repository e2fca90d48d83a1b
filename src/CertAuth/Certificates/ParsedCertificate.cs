using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>The facts of one X.509 certificate, read once from its DER. Nothing about it is verified.</summary>
/// <remarks>Strict DER (RFC 5280, 4.1; X.690, 10): what other libraries take as BER is refused. A malformed name
/// or subject alternative name doesn't refuse the certificate here; no requirement on it is met, and <c>TrustBundle</c> refuses the latter. Immutable; safe for concurrent use.</remarks>
public sealed class ParsedCertificate
{
    private readonly byte[] _der;
    private readonly CertificateFields _fields;
    private byte[]? _sha256;

    private ParsedCertificate(byte[] der, CertificateFields fields)
    {
        _der = der;
        _fields = fields;
    }

    /// <summary>The certificate as it was read.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>The subject, as a DER-encoded Name. One with more than 64 attributes in one RDN meets no requirement.</summary>
    public ReadOnlyMemory<byte> SubjectDer => _fields.Subject.Slice(_der.AsMemory());

    /// <summary>The issuer, as a DER-encoded Name. One with more than 64 attributes in one RDN meets no requirement.</summary>
    public ReadOnlyMemory<byte> IssuerDer => _fields.Issuer.Slice(_der.AsMemory());

    /// <summary>The serial number, big-endian two's complement. At best it is unique among the certificates that one key signed.</summary>
    public ReadOnlyMemory<byte> SerialNumber => _fields.SerialNumber.Slice(_der.AsMemory());

    /// <summary>The first instant at which the certificate is valid, in UTC, to the second, inclusive.</summary>
    public DateTimeOffset NotBefore => _fields.NotBefore;

    /// <summary>The last instant at which the certificate is valid, in UTC, to the second, inclusive.</summary>
    public DateTimeOffset NotAfter => _fields.NotAfter;

    /// <summary>Gets the version of X.509: 1, 2 or 3. Only version 3 has extensions.</summary>
    public int Version => _fields.Version;

    /// <summary>Gets a value that indicates whether the basic constraints say that the subject is a certificate authority (RFC 5280,
    /// 4.2.1.9). False if there is no such extension.</summary>
    public bool IsCertificateAuthority => _fields.Extensions.IsCa;

    /// <summary>Gets the algorithm with which the certificate is signed. It is read at each call.</summary>
    public SignatureAlgorithmInfo SignatureAlgorithm => SignatureAlgorithmInfo.Read(_fields.SignatureAlgorithm.Slice(_der));

    /// <summary>What became of the subject alternative name extension.</summary>
    public SanState SanState => _fields.Extensions.SanState;

    /// <summary>What the certificate says of its public key.</summary>
    public PublicKeyInfo PublicKey => PublicKeyInfo.Read(_fields.PublicKey.Slice(_der));

    /// <summary>Gets the SHA-256 of the DER, 32 bytes.</summary>
    /// <remarks>It identifies these bytes. A certificate that is signed with ECDSA has a twin: anybody can replace its signature (r, s) by
    /// (r, n − s), which verifies as well and gives another SHA-256. So use it to allow certificates, not to block them; to block one,
    /// revoke its serial number.</remarks>
    public ReadOnlyMemory<byte> Sha256 => _sha256 ??= SHA256.HashData(_der);

    internal ref readonly CertificateFields Fields => ref _fields;

    /// <summary>GeneralNames as the extension holds it; empty where it is absent.</summary>
    internal ReadOnlySpan<byte> SanExtension => _fields.Extensions.San.Slice(_der);

    /// <summary>Reads a certificate; copies its DER.</summary>
    /// <param name="der">At most 128 KiB: one certificate, nothing after it.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out ParsedCertificate? certificate, out CertificateError error)
    {
        error = CertificateReader.Read(der, out CertificateFields fields);
        certificate = error.Kind == CertificateErrorKind.None ? new(der.ToArray(), fields) : null;
        return certificate is not null;
    }

    /// <summary>Reads a certificate; copies its DER.</summary>
    /// <param name="der">The certificate, DER-encoded, with nothing after it. At most 128 KiB.</param>
    /// <exception cref="FormatException">The data is not one certificate. The message says where.</exception>
    public static ParsedCertificate Parse(ReadOnlySpan<byte> der) =>
        TryParse(der, out ParsedCertificate? certificate, out CertificateError error)
            ? certificate
            : throw new FormatException(error.ToString());

    /// <summary>Reads a certificate from a file once.</summary>
    /// <param name="file">The path of a file in DER or PEM, at most 1 MiB. PEM holds exactly one certificate; a private key beside it is
    /// ignored.</param>
    /// <exception cref="InvalidDataException">The file does not hold exactly one certificate. The message names the file and the
    /// reason.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ParsedCertificate LoadFile(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return CertificateFile.Load(file);
    }

    /// <summary>The subject as an object; false when it is malformed.</summary>
    public bool TryGetSubject([NotNullWhen(true)] out DistinguishedName? subject, out NameError error) =>
        DistinguishedName.TryParseDer(_fields.Subject.Slice(_der), out subject, out error);

    /// <summary>The issuer as an object; false when it is malformed.</summary>
    public bool TryGetIssuer([NotNullWhen(true)] out DistinguishedName? issuer, out NameError error) =>
        DistinguishedName.TryParseDer(_fields.Issuer.Slice(_der), out issuer, out error);

    /// <summary>The subject alternative names in encoding order; none unless <see cref="SanState"/> is <see cref="SanState.Present"/>.</summary>
    /// <remarks>Made anew at each call.</remarks>
    public ImmutableArray<SubjectAlternativeName> GetSubjectAlternativeNames() =>
        SanState == SanState.Present ? SubjectAlternativeName.ReadAll(SanExtension) : [];

    /// <summary>Returns the object identifiers of the extended key usages in dotted decimal, in encoding order (RFC 5280, 4.2.1.12). Empty
    /// if the extension is absent, which allows every usage.</summary>
    /// <remarks>They are read at each call.</remarks>
    public ImmutableArray<string> GetExtendedKeyUsages() => ExtensionReader.ReadPurposes(_fields.Extensions.Purposes.Slice(_der));

    /// <summary>A Name in canonical form, for a log line: bounded, control characters escaped; its fault where it is malformed.</summary>
    internal static string DescribeName(ReadOnlySpan<byte> der) => DistinguishedName.TryFormatDer(der, NameFormat.Canonical, out string? text, out NameError error)
        ? LogText.Escape(text)
        : $"(malformed subject: {error})";
}
