using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Keys;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>An X.509 certificate, read from its DER. Nothing about it is verified.</summary>
/// <remarks>Only DER is accepted (RFC 5280, 4.1; X.690, 10); other libraries also accept BER. A certificate with a malformed name or
/// subject alternative name can be read, but such a name meets no requirement, and <c>TrustBundle</c> rejects a certificate with a
/// malformed subject alternative name. Immutable. Safe for concurrent use.</remarks>
public sealed class ParsedCertificate
{
    private readonly byte[] _der;
    private readonly CertificateFields _fields;
    private byte[]? _sha256;
    private byte[]? _publicKeySha256;

    private ParsedCertificate(byte[] der, CertificateFields fields)
    {
        _der = der;
        _fields = fields;
    }

    /// <summary>Gets the certificate, DER-encoded.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>Gets the subject as a DER-encoded Name, possibly malformed. A subject with more than 64 attributes in one RDN meets no
    /// requirement.</summary>
    public ReadOnlyMemory<byte> SubjectDer => _fields.Subject.Slice(_der.AsMemory());

    /// <summary>Gets the issuer as a DER-encoded Name, possibly malformed. An issuer with more than 64 attributes in one RDN meets no
    /// requirement.</summary>
    public ReadOnlyMemory<byte> IssuerDer => _fields.Issuer.Slice(_der.AsMemory());

    /// <summary>Gets the serial number in big-endian two's complement. It identifies a certificate only together with the issuer (RFC 5280,
    /// 4.1.2.2).</summary>
    public ReadOnlyMemory<byte> SerialNumber => _fields.SerialNumber.Slice(_der.AsMemory());

    /// <summary>Gets the first instant at which the certificate is valid, in UTC, to the second, inclusive.</summary>
    public DateTimeOffset NotBefore => _fields.NotBefore;

    /// <summary>Gets the last instant at which the certificate is valid, in UTC, to the second, inclusive.</summary>
    public DateTimeOffset NotAfter => _fields.NotAfter;

    /// <summary>Gets the validity period.</summary>
    internal ValidityPeriod Validity => new(NotBefore, NotAfter);

    /// <summary>Gets the version of X.509: 1, 2 or 3. Only version 3 has extensions.</summary>
    public int Version => _fields.Version;

    /// <summary>Gets a value that indicates whether the basic constraints say that the subject is a certificate authority (RFC 5280,
    /// 4.2.1.9). False if there is no such extension.</summary>
    public bool IsCertificateAuthority => _fields.Extensions.IsCa;

    /// <summary>Gets the algorithm with which the certificate is signed. Its <see cref="SignatureAlgorithmInfo.Oid"/> is null if it is
    /// malformed. It is read at each call.</summary>
    public SignatureAlgorithmInfo SignatureAlgorithm => SignatureAlgorithmInfo.Read(_fields.SignatureAlgorithm.Slice(_der));

    /// <summary>Gets the state of the subject alternative name extension.</summary>
    public SanState SanState => _fields.Extensions.SanState;

    /// <summary>Gets the kind and size of the public key. The kind is <see cref="PublicKeyKind.Unknown"/> if the key is malformed. They are
    /// read at each call.</summary>
    public PublicKeyInfo PublicKey => PublicKeyInfo.Read(SubjectPublicKeyInfo);

    /// <summary>Gets the SHA-256 of the DER, 32 bytes.</summary>
    /// <remarks>It identifies these bytes. Use it to accept certificates, not to block them: ECDSA signatures are malleable. Anyone can
    /// replace a signature (r, s) with (r, n − s), where n is the order of the curve. The resulting certificate also verifies and has
    /// another SHA-256. To block a certificate, revoke its serial number.</remarks>
    public ReadOnlyMemory<byte> Sha256 => _sha256 ??= SHA256.HashData(_der);

    /// <summary>Gets the SHA-256 of the public key, 32 bytes: of the DER-encoded SubjectPublicKeyInfo (RFC 7469, 2.4).</summary>
    public ReadOnlyMemory<byte> PublicKeySha256 => _publicKeySha256 ??= SHA256.HashData(_fields.PublicKey.Slice(_der));

    internal ref readonly CertificateFields Fields => ref _fields;

    /// <summary>The public key, DER-encoded, tag and length included.</summary>
    internal ReadOnlySpan<byte> SubjectPublicKeyInfo => _fields.PublicKey.Slice(_der);

    /// <summary>The scheme of the signature; null if signatures of this algorithm are not verified. It is read at each call.</summary>
    internal SignatureScheme? SignatureScheme => SignatureSchemeReader.ReadOrNull(_fields.SignatureAlgorithm.Slice(_der));

    /// <summary>The GeneralNames of the extension, DER-encoded; empty if the extension is absent.</summary>
    internal ReadOnlySpan<byte> SanExtension => _fields.Extensions.San.Slice(_der);

    /// <summary>Reads one certificate and copies its DER.</summary>
    /// <param name="der">The certificate, DER-encoded, with no bytes after it. At most 128 KiB.</param>
    /// <param name="certificate">The certificate, or null if it is malformed.</param>
    /// <param name="error">The error and its index; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out ParsedCertificate? certificate, out CertificateError error)
    {
        error = CertificateReader.Read(der, out CertificateFields fields);
        certificate = error.Kind == CertificateErrorKind.None ? new(der.ToArray(), fields) : null;
        return certificate is not null;
    }

    /// <summary>Reads one certificate, as <see cref="TryParse"/> does.</summary>
    /// <param name="der">The certificate, DER-encoded, with no bytes after it. At most 128 KiB.</param>
    /// <exception cref="FormatException">The data is not one certificate. The message says why, and at which byte.</exception>
    public static ParsedCertificate Parse(ReadOnlySpan<byte> der) =>
        TryParse(der, out ParsedCertificate? certificate, out CertificateError error)
            ? certificate
            : throw new FormatException(error.ToString());

    /// <summary>Reads the one certificate of a file.</summary>
    /// <param name="file">The path of a file in DER or PEM, of at most 1 MiB. A PEM file holds exactly one certificate; its other blocks,
    /// such as a private key, are ignored. A private key in the traditional encrypted form is not allowed.</param>
    /// <exception cref="InvalidDataException">The file does not hold exactly one certificate, or the certificate is malformed. The message
    /// names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="ArgumentException"><paramref name="file"/> is null or empty.</exception>
    public static ParsedCertificate LoadFile(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return CertificateFile.Load(file);
    }

    /// <summary>Parses the subject. Returns false if it is malformed.</summary>
    /// <param name="subject">The subject, or null if it is malformed.</param>
    /// <param name="error">The error and its index in <see cref="SubjectDer"/>; no error on success.</param>
    public bool TryGetSubject([NotNullWhen(true)] out DistinguishedName? subject, out NameError error) =>
        DistinguishedName.TryParseDer(_fields.Subject.Slice(_der), out subject, out error);

    /// <summary>Parses the issuer. Returns false if it is malformed.</summary>
    /// <param name="issuer">The issuer, or null if it is malformed.</param>
    /// <param name="error">The error and its index in <see cref="IssuerDer"/>; no error on success.</param>
    public bool TryGetIssuer([NotNullWhen(true)] out DistinguishedName? issuer, out NameError error) =>
        DistinguishedName.TryParseDer(_fields.Issuer.Slice(_der), out issuer, out error);

    /// <summary>Returns the subject alternative names in encoding order. Empty unless <see cref="SanState"/> is
    /// <see cref="SanState.Present"/>.</summary>
    /// <remarks>They are read at each call.</remarks>
    public ImmutableArray<SubjectAlternativeName> GetSubjectAlternativeNames() =>
        SanState == SanState.Present ? SubjectAlternativeName.ReadAll(SanExtension) : [];

    /// <summary>Returns the object identifiers of the extended key usages in dotted decimal, in encoding order (RFC 5280, 4.2.1.12). Empty
    /// if the extension is absent, which allows every usage.</summary>
    /// <remarks>They are read at each call.</remarks>
    public ImmutableArray<string> GetExtendedKeyUsages() => ExtensionReader.ReadPurposes(_fields.Extensions.Purposes.Slice(_der));

    /// <summary>Returns whether a key made the signature; null if this library or the platform does not support the algorithm or the
    /// key.</summary>
    /// <param name="key">The key; null if it could not be imported.</param>
    internal bool? IsSignedBy(VerificationKey? key) =>
        key?.VerifyCertificateOrNull(_fields.Tbs.Slice(_der), _fields.Signature.Slice(_der), SignatureScheme);

    /// <summary>Returns a Name in canonical form for a log: of limited length, with control characters escaped. If the name is malformed,
    /// returns its error.</summary>
    internal static string DescribeName(ReadOnlySpan<byte> der) =>
        DistinguishedName.TryFormatDer(der, NameFormat.Canonical, out string? text, out NameError error)
            ? LogText.Escape(text)
            : $"(malformed name: {error})";
}
