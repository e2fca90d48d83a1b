using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>The rules of RFC 5280 and of the bundle's options for each certificate of a path at one point in time. Signatures are verified
/// elsewhere.</summary>
/// <remarks>Each check returns null if the certificate follows the rules; otherwise, a rejection.</remarks>
internal sealed class CertificateRules(TrustBundleOptions options, VerificationTime time)
{
    private readonly ExtendedKeyUsages _purpose =
        options.Purpose == CertificatePurpose.ServerAuthentication ? ExtendedKeyUsages.ServerAuth : ExtendedKeyUsages.ClientAuth;

    private string RequiredValidity => $"a certificate that is valid at {time.Now:u}";

    private string PurposeName => _purpose == ExtendedKeyUsages.ServerAuth ? "serverAuth" : "clientAuth";

    /// <summary>Checks the certificate with which a peer authenticates.</summary>
    internal Rejection? CheckLeaf(ParsedCertificate leaf)
    {
        ref readonly ExtensionFields extensions = ref leaf.Fields.Extensions;
        if (CheckCommon(leaf, CertificateRole.Leaf) is { } rejection)
            return rejection;
        if (extensions.IsCa && !options.AllowCaAsLeaf)
            return new(RejectionReason.CertificateIsCa, () => new("an end-entity certificate", $"the CA certificate {Describe(leaf)}"));

        // RFC 5280, 4.2.1.3: both client and server sign the handshake.
        // 4.2.1.12: anyExtendedKeyUsage without the purpose is rejected, as OpenSSL and .NET do.
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.DigitalSignature))
            return new(RejectionReason.CertificateWrongUsage, () => new("the key usage digitalSignature", DescribeWithoutUsage(leaf)));
        if (extensions.ExtendedKeyUsage is { } purposes && !purposes.HasFlag(_purpose))
        {
            return new(
                RejectionReason.CertificateWrongUsage,
                () => new($"the extended key usage {PurposeName}, or no extended key usage", DescribeWithoutUsage(leaf)));
        }

        return null;
    }

    /// <summary>Checks a certificate that issued another one of the path.</summary>
    /// <param name="issuer">An intermediate or a certificate of the bundle.</param>
    /// <param name="role">The role of the issuer: an anchor or an intermediate.</param>
    /// <param name="intermediatesBelow">The number of intermediates between the issuer and the leaf, without self-issued ones.</param>
    internal Rejection? CheckIssuer(ParsedCertificate issuer, CertificateRole role, int intermediatesBelow)
    {
        ref readonly ExtensionFields extensions = ref issuer.Fields.Extensions;
        if (CheckCommon(issuer, role) is { } rejection)
            return rejection;

        // RFC 5280, 6.1.4 (k): a certificate of version 1 or 2 does not state that it is a CA. An option allows self-issued anchors of
        // version 1 to issue certificates. A pinned client certificate of version 1 that another CA issued may not.
        if (!extensions.IsCa && !(role == CertificateRole.Anchor && IsVersion1Root(issuer, options)))
            return new(RejectionReason.IssuerNotCa, () => new("a CA as issuer", $"{Describe(issuer)}, which is not a CA"));

        // 6.1.4 (n)
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
            return new(RejectionReason.IssuerNotCa, () => new("an issuer with the key usage keyCertSign", DescribeWithoutUsage(issuer)));

        // 6.1.4 (l), (m)
        int limit = extensions.PathLength;
        if (limit >= 0 && intermediatesBelow > limit)
        {
            return new(
                RejectionReason.PathTooLong,
                () => new($"at most {limit} intermediates below {Describe(issuer)}", $"{intermediatesBelow} intermediates"));
        }

        if (extensions.ExtendedKeyUsage is { } purposes && (purposes & (_purpose | ExtendedKeyUsages.Any)) == 0)
        {
            return new(RejectionReason.CertificateWrongUsage, () => new(
                $"an issuer with the extended key usage {PurposeName} or anyExtendedKeyUsage, or without extended key usage",
                DescribeWithoutUsage(issuer)));
        }

        return null;
    }

    /// <summary>Checks the algorithm with which a certificate is signed.</summary>
    internal Rejection? CheckSignatureScheme(ParsedCertificate certificate)
    {
        if (certificate.SignatureScheme is not { } scheme)
        {
            return new(
                RejectionReason.CertificateUnsupportedAlgorithm,
                () => new(KeyPolicy.RequiredSignature, $"{Describe(certificate)}, signed with another algorithm"));
        }

        return KeyPolicy.IsStrong(scheme, options.AllowedWeakAlgorithms)
            ? null
            : new(
                RejectionReason.CertificateWeakSignature,
                () => new("a signature with SHA-256 or stronger", $"{Describe(certificate)}, signed with {scheme.Hash.Name}"));
    }

    /// <summary>Describes a certificate for a log: by the start of its SHA-256, which cannot be imitated, and by its subject.</summary>
    internal static string Describe(ParsedCertificate certificate) =>
        $"[{Convert.ToHexString(certificate.Sha256.Span[..8])}] {Describe(certificate.SubjectDer.Span)}";

    /// <summary>Describes a name for a log. A name longer than <see cref="TrustBounds.MaxDescribedNameBytes"/> is not formatted, because
    /// any client could cause that work.</summary>
    internal static string Describe(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > TrustBounds.MaxDescribedNameBytes)
            return $"(a name of {encodedName.Length} bytes)";
        return DistinguishedName.TryFormatDer(encodedName, NameFormat.Canonical, out string? name, out _) ? name : "(a malformed name)";
    }

    /// <summary>Returns whether a certificate is a self-issued certificate of X.509 version 1 and the options allow such certificates to
    /// issue others.</summary>
    internal static bool IsVersion1Root(ParsedCertificate certificate, TrustBundleOptions options) => options.AllowVersion1Anchors
        && certificate.Fields.Version == 1 && certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span);

    internal bool IsValidNow(ParsedCertificate certificate) => !time.IsBefore(certificate.NotBefore) && !time.IsAfter(certificate.NotAfter);

    private Rejection? CheckCommon(ParsedCertificate certificate, CertificateRole role)
    {
        ref readonly ExtensionFields extensions = ref certificate.Fields.Extensions;

        // RFC 5280, 4.2: no extension is repeated.
        if (!extensions.Repeated.IsEmpty)
        {
            return new(
                RejectionReason.CertificateMalformed,
                () => new("no repeated extension", $"{Describe(certificate)} with a repeated extension"));
        }

        if (extensions.SanState == SanState.Malformed)
        {
            return new(RejectionReason.CertificateMalformed, () => new(
                "a well-formed subject alternative name", $"{Describe(certificate)} with a malformed one"));
        }

        if (!extensions.UnknownCritical.IsEmpty)
            return RejectUnknownCritical(certificate);

        // RFC 5280, 4.1.2.5: both ends are inclusive.
        if (time.IsBefore(certificate.NotBefore))
        {
            return new(
                RejectionReason.CertificateNotYetValid,
                () => new(RequiredValidity, $"{Describe(certificate)}, valid from {certificate.NotBefore:u}"));
        }

        if (time.IsAfter(certificate.NotAfter))
        {
            return new(
                RejectionReason.CertificateExpired,
                () => new(RequiredValidity, $"{Describe(certificate)}, valid until {certificate.NotAfter:u}"));
        }

        return CheckKey(certificate) ?? CheckStrictRules(certificate, role);
    }

    /// <summary>Checks the kind and the size of a certificate's key.</summary>
    internal Rejection? CheckKey(ParsedCertificate certificate)
    {
        WeakAlgorithms allowed = options.AllowedWeakAlgorithms;
        bool isAccepted =
            KeyPolicy.IsUsable(certificate.SubjectPublicKeyInfo, allowed) || certificate.PublicKey.Kind == PublicKeyKind.EdDsa;
        return isAccepted
            ? null
            : new(
                RejectionReason.CertificateWeakKey,
                () => new(KeyPolicy.DescribeCertificateKeys(allowed), $"{certificate.PublicKey} in {Describe(certificate)}"));
    }

    private Rejection? CheckStrictRules(ParsedCertificate certificate, CertificateRole role)
    {
        if (options.Strictness != ChainStrictness.Rfc5280Strict || StrictRules.FindViolation(certificate, role) is not { } rule)
            return null;
        return new(RejectionReason.CertificateNotConforming, () => new(rule, $"{Describe(certificate)}, which violates this rule"));
    }

    private static string DescribeWithoutUsage(ParsedCertificate certificate) => $"{Describe(certificate)} without this usage";

    private static Rejection RejectUnknownCritical(ParsedCertificate certificate)
    {
        return new(RejectionReason.CertificateUnknownCriticalExtension, () =>
        {
            ReadOnlySpan<byte> oid = certificate.Fields.Extensions.UnknownCritical.Slice(certificate.Der.Span);
            return new("no unknown critical extension", $"the critical extension {Der.DerOid.Format(oid)} in {Describe(certificate)}");
        });
    }
}
