using System.Net;
using CertAuth.Names;

namespace CertAuth.Ratios.Suites;

/// <summary>Reads the facts of a certificate that a login needs from its DER: subject, issuer, alternative names and validity. Each method
/// performs one operation.</summary>
/// <remarks>The leaf has an RSA-2048 key, a subject of seven RDNs and four alternative names. Facts "in place" are names as DER within the
/// certificate, as requirements compare them. Facts as objects are names as text and a list of alternative names.</remarks>
internal sealed class CertificateParsingMaterial
{
    private const string SanOid = "2.5.29.17";
    private const int Sans = 4;

    internal readonly byte[] Der, Malformed;

    private readonly byte[] _subject, _issuer;
    private readonly string _subjectText, _issuerText;
    private readonly X500DistinguishedName _x500Subject, _x500Issuer;
    private readonly DateTimeOffset _notBefore, _notAfter;

    internal CertificateParsingMaterial()
    {
        (string, string)[] subject = NameEncodings.Attributes(7);
        TestName issuer = TestName.Of(("C", "US"), ("O", "PingCAP Inc."), ("CN", "CA"));
        (_subject, _issuer) = (NameEncodings.First(subject).Encode(), issuer.Encode());
        (_subjectText, _issuerText) = (NameEncodings.Text(subject), "/C=US/O=PingCAP Inc./CN=CA");
        (_x500Subject, _x500Issuer) = (new(_subject), new(_issuer));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _notBefore = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        _notAfter = _notBefore.AddDays(90);
        TestCertificate leaf = TestCertificateAuthority.Create(issuer).Issue(new()
        {
            Subject = NameEncodings.First(subject),
            Sans =
            [
                TestSan.Dns("db-0.example.com"), TestSan.Ip(IPAddress.Parse("10.0.0.1")), TestSan.Uri("spiffe://example.org/service/2"),
                TestSan.Dns("db-1.example.org"),
            ],
            KeyType = TestKeyType.Rsa2048,
            NotBefore = _notBefore,
            NotAfter = _notAfter,
        });
        Der = leaf.Der.ToArray();

        // The last field, the signature, is not a BIT STRING. A P-256 signature has at most 72 bytes.
        int signature = Der.Length - 80;
        while (Der[signature] != 0x03 || Der[signature + 1] != Der.Length - signature - 2)
            signature++;
        Malformed = [.. Der];
        Malformed[signature] = 0x04;
        if (ParsedCertificate.TryParse(Malformed, out _, out CertificateError error)
            || error.Kind != CertificateErrorKind.NotDer || error.Index < signature)
            throw new InvalidOperationException($"The malformed certificate is not rejected at its last field: {error}");
    }

    internal bool ReadObjects() => ParsedCertificate.TryParse(Der, out ParsedCertificate? certificate, out _)
        && IsText(certificate.SubjectDer, _subjectText) && IsText(certificate.IssuerDer, _issuerText)
        && certificate.GetSubjectAlternativeNames().Length == Sans
        && certificate.NotBefore == _notBefore && certificate.NotAfter == _notAfter;

    /// <summary>Reads the facts with .NET's class, with names as DER.</summary>
    internal bool LoadCertificate()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Der);
        return certificate.SubjectName.RawData.AsSpan().SequenceEqual(_subject)
            && certificate.IssuerName.RawData.AsSpan().SequenceEqual(_issuer) && certificate.Extensions[SanOid] is not null
            && certificate.NotBefore == _notBefore.LocalDateTime && certificate.NotAfter == _notAfter.LocalDateTime;
    }

    /// <summary>Reads the facts with .NET's class, with names as text.</summary>
    internal bool LoadCertificateObjects()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Der);
        X509SubjectAlternativeNameExtension sans = (X509SubjectAlternativeNameExtension)certificate.Extensions[SanOid]!;
        return certificate.Subject == _x500Subject.Name && certificate.Issuer == _x500Issuer.Name
            && sans.EnumerateDnsNames().Count() + sans.EnumerateIPAddresses().Count() == Sans - 1
            && certificate.NotBefore == _notBefore.LocalDateTime && certificate.NotAfter == _notAfter.LocalDateTime;
    }

    internal bool Read(byte[] der) => ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _)
        && certificate.SubjectDer.Span.SequenceEqual(_subject) && certificate.IssuerDer.Span.SequenceEqual(_issuer)
        && certificate.SanState == SanState.Present && certificate.NotBefore == _notBefore && certificate.NotAfter == _notAfter;

    private static bool IsText(ReadOnlyMemory<byte> der, string expected) =>
        DistinguishedName.TryFormatDer(der.Span, NameFormat.Canonical, out string? text, out _) && text == expected;
}
