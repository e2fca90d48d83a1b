using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>What RFC 5280 and the bundle's options demand of each certificate of a path, its signature aside, at one instant.</summary>
internal sealed class CertificateRules(TrustBundleOptions options, VerificationTime time)
{
    /// <summary>Smallest RSA modulus in bits where weak keys are allowed.</summary>
    internal const int MinWeakRsaBits = 1024;

    /// <summary>Longest name in octets that is printed for a log.</summary>
    internal const int MaxDescribedBytes = 2048;

    private readonly ExtendedKeyUsages _purpose =
        options.Purpose == CertificatePurpose.ServerAuthentication ? ExtendedKeyUsages.ServerAuth : ExtendedKeyUsages.ClientAuth;

    private string PurposeName => _purpose == ExtendedKeyUsages.ServerAuth ? "serverAuth" : "clientAuth";

    /// <summary>Null when the certificate may be what shows who a peer is.</summary>
    internal Rejection? CheckLeaf(ParsedCertificate leaf)
    {
        ref readonly ExtensionFields extensions = ref leaf.Fields.Extensions;
        if (CheckCommon(leaf, CertificateRole.Leaf) is { } rejection)
            return rejection;
        if (extensions.IsCa && !options.AllowCaAsLeaf)
            return new(RejectionReason.CertificateIsCa, () => new("an end-entity certificate", $"the CA certificate {Describe(leaf)}"));

        // RFC 5280, 4.2.1.3: either side signs the handshake. 4.2.1.12: anyExtendedKeyUsage alone isn't taken, as OpenSSL's and .NET's servers don't.
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.DigitalSignature))
            return new(RejectionReason.CertificateWrongUsage, () => new("the key usage digitalSignature", $"{Describe(leaf)} without it"));
        if (extensions.ExtendedKeyUsage is { } purposes && !purposes.HasFlag(_purpose))
            return new(RejectionReason.CertificateWrongUsage, () => new($"the extended key usage {PurposeName}, or none", $"{Describe(leaf)} without it"));
        return null;
    }

    /// <summary>Null when the certificate may have issued one.</summary>
    /// <param name="issuer">An intermediate or a certificate of the bundle.</param>
    /// <param name="role">Whether it is of the bundle or sent by the peer.</param>
    /// <param name="intermediatesBelow">Intermediates between it and the leaf, self-issued ones not counted.</param>
    internal Rejection? CheckIssuer(ParsedCertificate issuer, CertificateRole role, int intermediatesBelow)
    {
        ref readonly ExtensionFields extensions = ref issuer.Fields.Extensions;
        if (CheckCommon(issuer, role) is { } rejection)
            return rejection;

        // RFC 5280, 6.1.4 (k): a version 1 or 2 certificate doesn't say that it is a CA.
        // A version 1 root may by option; a client's pinned certificate of version 1 isn't one.
        if (!extensions.IsCa && !(role == CertificateRole.Anchor && IsVersion1Root(issuer, options)))
            return new(RejectionReason.IssuerNotCa, () => new("a CA as issuer", $"{Describe(issuer)}, which isn't one"));

        // 6.1.4 (n)
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
            return new(RejectionReason.IssuerNotCa, () => new("an issuer with the key usage keyCertSign", $"{Describe(issuer)} without it"));

        // 6.1.4 (l), (m)
        int limit = extensions.PathLength;
        if (limit >= 0 && intermediatesBelow > limit)
            return new(RejectionReason.PathTooLong, () => new($"at most {limit} intermediates below {Describe(issuer)}", $"{intermediatesBelow}"));

        if (extensions.ExtendedKeyUsage is { } purposes && (purposes & (_purpose | ExtendedKeyUsages.Any)) == 0)
            return new(RejectionReason.CertificateWrongUsage, () => new($"an issuer for {PurposeName}, or for any purpose", $"{Describe(issuer)}, for others"));
        return null;
    }

    /// <summary>Null when the way in which a certificate is signed is taken.</summary>
    internal Rejection? CheckSignatureScheme(ParsedCertificate certificate)
    {
        SignatureScheme scheme = SignatureScheme.Of(certificate);
        if (scheme.Key == PublicKeyKind.Unknown)
            return new(RejectionReason.CertificateUnsupportedAlgorithm, () => new("a signature with RSA or ECDSA", $"another algorithm on {Describe(certificate)}"));

        return IsStrong(scheme, options)
            ? null
            : new(RejectionReason.CertificateWeakSignature, () => new("a signature with SHA-256 or stronger", $"{scheme.Hash.Name} on {Describe(certificate)}"));
    }

    /// <summary>Whether the hash of a signature is strong, or allowed all the same.</summary>
    internal static bool IsStrong(SignatureScheme scheme, TrustBundleOptions options)
    {
        WeakAlgorithms weak = scheme.Hash == HashAlgorithmName.MD5 ? WeakAlgorithms.Md5Signatures
            : scheme.Hash == HashAlgorithmName.SHA1 ? WeakAlgorithms.Sha1Signatures
            : WeakAlgorithms.None;
        return (weak & ~options.AllowedWeakAlgorithms) == 0;
    }

    /// <summary>A certificate for people: the start of its SHA-256, which can't be imitated, and its subject.</summary>
    internal static string Describe(ParsedCertificate certificate) =>
        $"[{Convert.ToHexString(certificate.Sha256.Span[..8])}] {Describe(certificate.SubjectDer.Span)}";

    /// <summary>A name for people. A huge one is not printed: whoever may connect could have it made, at our cost.</summary>
    internal static string Describe(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > MaxDescribedBytes)
            return $"(a name of {encodedName.Length} octets)";
        return DistinguishedName.TryFormatDer(encodedName, NameFormat.Canonical, out string? name, out _) ? name : "(a malformed name)";
    }

    internal static bool IsVersion1Root(ParsedCertificate certificate, TrustBundleOptions options) => options.AllowVersion1Anchors
        && certificate.Fields.Version == 1 && certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span);

    internal bool IsValidNow(ParsedCertificate certificate) => !time.IsBefore(certificate.NotBefore) && !time.IsAfter(certificate.NotAfter);

    private Rejection? CheckCommon(ParsedCertificate certificate, CertificateRole role)
    {
        ref readonly ExtensionFields extensions = ref certificate.Fields.Extensions;

        // RFC 5280, 4.2: no extension twice.
        if (!extensions.Repeated.IsEmpty)
            return new(RejectionReason.CertificateMalformed, () => new("each extension once", $"one twice in {Describe(certificate)}"));
        if (extensions.SanState == SanState.Malformed)
            return new(RejectionReason.CertificateMalformed, () => new("a well-formed subject alternative name", $"another in {Describe(certificate)}"));
        if (!extensions.UnknownCritical.IsEmpty)
            return RejectUnknownCritical(certificate);

        // RFC 5280, 4.1.2.5: both ends are included.
        if (time.IsBefore(certificate.NotBefore))
        {
            return new(
                RejectionReason.CertificateNotYetValid, () => new($"valid at {time.Now:u}", $"{Describe(certificate)} from {certificate.NotBefore:u}"));
        }

        if (time.IsAfter(certificate.NotAfter))
        {
            return new(
                RejectionReason.CertificateExpired, () => new($"valid at {time.Now:u}", $"{Describe(certificate)} until {certificate.NotAfter:u}"));
        }

        return CheckKey(certificate) ?? CheckStrictly(certificate, role);
    }

    /// <summary>Null when the certificate's key is of an accepted kind and size.</summary>
    internal Rejection? CheckKey(ParsedCertificate certificate)
    {
        PublicKeyInfo key = PublicKeyInfo.Read(certificate.Fields.PublicKey.Slice(certificate.Der.Span), out uint rsaExponent);
        int minRsaBits = options.AllowedWeakAlgorithms.HasFlag(WeakAlgorithms.Rsa1024Keys) ? MinWeakRsaBits : PublicKeyInfo.MinRsaBits;
        bool isAccepted = key.Kind switch
        {
            PublicKeyKind.Rsa => key.Bits >= minRsaBits && PublicKeyInfo.IsAcceptableRsa(key.Bits, rsaExponent),
            PublicKeyKind.Ec => key.Curve is not null,
            PublicKeyKind.EdDsa => true,
            _ => false,
        };
        return isAccepted
            ? null
            : new(RejectionReason.CertificateWeakKey, () => new($"RSA of {minRsaBits} bits, P-256, P-384, P-521 or EdDSA", $"{key} in {Describe(certificate)}"));
    }

    private Rejection? CheckStrictly(ParsedCertificate certificate, CertificateRole role)
    {
        if (options.Strictness != ChainStrictness.Rfc5280Strict || StrictRules.FindViolation(certificate, role) is not { } rule)
            return null;
        return new(RejectionReason.CertificateNotConforming, () => new(rule, $"{Describe(certificate)} without"));
    }

    private static Rejection RejectUnknownCritical(ParsedCertificate certificate) => new(RejectionReason.CertificateUnknownCriticalExtension, () =>
    {
        ReadOnlySpan<byte> oid = certificate.Fields.Extensions.UnknownCritical.Slice(certificate.Der.Span);
        return new("extensions that are understood", $"the critical extension {Der.DerOid.Format(oid)} in {Describe(certificate)}");
    });
}
