namespace CertAuth;

/// <summary>The sentence for each <see cref="RejectionReason"/>. Sentences may change between versions; the numbers do not.</summary>
internal static class RejectionSentences
{
    internal static string Get(RejectionReason reason) => reason switch
    {
        // The account and the request.
        RejectionReason.AccountMethodMismatch => "The account uses another login method.",
        RejectionReason.CustomRejected => "The custom authenticator rejected the login.",
        RejectionReason.SecureTransportRequired => "The server requires TLS on every hop between the client and the server.",
        RejectionReason.AccountUnknown => "The account does not exist.",

        // The REQUIRE clause.
        RejectionReason.RequirementMalformed => "The stored requirement cannot be read.",
        RejectionReason.InsecureTransport => "The connection does not use TLS.",
        RejectionReason.CertificateMissing => "No verified certificate was presented.",
        RejectionReason.CipherMismatch => "The cipher suite of the connection does not match.",
        RejectionReason.IssuerMismatch => "The issuer of the client certificate does not match.",
        RejectionReason.IssuerMalformed => "The issuer of the client certificate is malformed.",
        RejectionReason.SubjectMismatch => "The subject of the client certificate does not match.",
        RejectionReason.SubjectMalformed => "The subject of the client certificate is malformed.",
        RejectionReason.SanMismatch => "The client certificate lacks a required subject alternative name.",
        RejectionReason.SanMalformed => "The subject alternative name extension of the client certificate is malformed or repeated.",
        RejectionReason.IssuerKeyMismatch => "The key that signed the client certificate does not match.",
        RejectionReason.SubjectPartMissing => "The subject of the client certificate lacks a required part.",
        RejectionReason.CertificateMismatch => "The digest of the client certificate does not match.",
        RejectionReason.PublicKeyMismatch => "The public key of the client certificate does not match.",

        // The certificate and its path.
        RejectionReason.CertificateMalformed => "A certificate is malformed.",
        RejectionReason.CertificateTooLarge => "A certificate is too large, or there are too many certificates.",
        RejectionReason.UntrustedIssuer => "The issuer of the certificate is not trusted.",
        RejectionReason.CertificateBadSignature => "The signature of a certificate does not verify.",
        RejectionReason.CertificateExpired => "A certificate has expired.",
        RejectionReason.CertificateNotYetValid => "A certificate is not yet valid.",
        RejectionReason.IssuerNotCa => "The issuer of a certificate is not a CA, or its key may not sign certificates.",
        RejectionReason.PathTooLong => "The certification path has too many intermediate certificates.",
        RejectionReason.CertificateIsCa => "The presented certificate is a CA certificate.",
        RejectionReason.CertificateWrongUsage => "The key usage or extended key usage of a certificate does not allow this use.",
        RejectionReason.CertificateWeakKey => "The key of a certificate is too weak, or its type is not allowed.",
        RejectionReason.CertificateWeakSignature => "The signature of a certificate uses a weak hash algorithm.",
        RejectionReason.CertificateUnsupportedAlgorithm => "The signature algorithm of a certificate is not supported.",
        RejectionReason.CertificateUnknownCriticalExtension => "A certificate has a critical extension that is not supported.",
        RejectionReason.NameConstraintViolated => "A name in the certification path violates the name constraints of a CA.",
        RejectionReason.PathSearchExhausted => "The search for a certification path reached its limit.",
        RejectionReason.CertificateRevoked => "A certificate was revoked.",
        RejectionReason.RevocationListMissing => "An issuer in the certification path has no usable revocation list.",
        RejectionReason.RevocationListStale => "The revocation list of an issuer in the certification path is out of date.",
        RejectionReason.CertificateNotConforming => "A certificate does not conform to RFC 5280.",
        RejectionReason.ServerNameMismatch => "The server certificate does not name the requested server.",

        // The token: its form and signature, then its claims.
        RejectionReason.TokenWithoutTls => "A login by token requires TLS on every hop between the client and the server.",
        RejectionReason.TokenTooLarge => "The token is too long.",
        RejectionReason.TokenMalformed => "The token is malformed.",
        RejectionReason.TokenBadBase64 => "A part of the token is not base64url.",
        RejectionReason.TokenBadHeader => "The header of the token is malformed.",
        RejectionReason.TokenTypeNotAllowed => "The type of the token is not allowed.",
        RejectionReason.TokenExtensionNotAllowed => "The token uses an extension that is not allowed.",
        RejectionReason.TokenAlgorithmNotAllowed => "The algorithm of the token is not allowed.",
        RejectionReason.TokenKeyIdMissing => "The token has no usable key identifier (kid).",
        RejectionReason.TokenKeyUnknown => "The key identifier (kid) of the token is unknown.",
        RejectionReason.TokenAlgorithmMismatch => "The algorithm of the token does not match its key.",
        RejectionReason.TokenBadSignature => "The signature of the token does not verify.",
        RejectionReason.TokenBadPayload => "The payload of the token is malformed.",
        RejectionReason.TokenSubjectMismatch => "The subject (sub) of the token does not match.",
        RejectionReason.TokenIssuerMismatch => "The issuer (iss) of the token does not match.",
        RejectionReason.TokenEmailMismatch => "The email address (email) of the token does not match.",
        RejectionReason.TokenBadTime => "A time in the token is missing or malformed.",
        RejectionReason.TokenIssuedInFuture => "The token was issued in the future.",
        RejectionReason.TokenMaxAgeExceeded => "The token exceeds the maximum age.",
        RejectionReason.TokenExpired => "The token has expired.",
        RejectionReason.TokenNotYetValid => "The token is not yet valid.",
        RejectionReason.TokenAudienceMismatch => "The audience (aud) of the token does not match.",
        RejectionReason.TokenKeysStale => "The token keys are stale.",

        // The certificate info that a proxy forwards.
        RejectionReason.ForwardedInfoMissing => "A connection attribute of the forwarded certificate info is missing.",
        RejectionReason.ForwardedInfoRepeated => "A connection attribute of the forwarded certificate info is repeated.",
        RejectionReason.ForwardedInfoUnexpected => "Forwarded certificate info is not allowed on this connection.",
        RejectionReason.ForwardedInfoNotAccepted => "Forwarded certificate info is not accepted.",
        RejectionReason.ForwardedInfoTooLarge => "A connection attribute of the forwarded certificate info is too long.",
        RejectionReason.ForwardedInfoFormatNotAllowed => "The format of the forwarded certificate info is not allowed.",
        RejectionReason.ForwardedSignatureMalformed => "The signature of the forwarded certificate info is malformed.",
        RejectionReason.ForwardedSignerUntrusted => "The signer of the forwarded certificate info is not trusted.",
        RejectionReason.ForwardedSignerMismatch => "The signer of the forwarded certificate info is not a known proxy.",
        RejectionReason.ForwardedInfoBadSignature => "The signature of the forwarded certificate info does not verify.",
        RejectionReason.ForwardedInfoMalformed => "The forwarded certificate info is malformed.",
        RejectionReason.ForwardedInfoMemberMissing => "A member of the forwarded certificate info is missing.",
        RejectionReason.ForwardedInfoMemberUnknown => "A member of the forwarded certificate info is unknown.",
        RejectionReason.ForwardedInfoMemberRepeated => "A member of the forwarded certificate info is repeated.",
        RejectionReason.ForwardedInfoMemberBadType => "A member of the forwarded certificate info has the wrong type.",
        RejectionReason.ForwardedInfoVersionNotSupported => "The version of the forwarded certificate info is not supported.",
        RejectionReason.ForwardedInfoBadLifetime => "The lifetime of the forwarded certificate info is not allowed.",
        RejectionReason.ForwardedInfoIssuedInFuture => "The forwarded certificate info was issued in the future.",
        RejectionReason.ForwardedInfoExpired => "The forwarded certificate info has expired.",
        RejectionReason.ForwardedInfoUserMismatch => "The forwarded certificate info is for another user.",
        RejectionReason.ForwardedInfoChallengeMismatch => "The forwarded certificate info is for another connection.",
        RejectionReason.ForwardedInfoBadTls => "The TLS facts in the forwarded certificate info are not valid.",
        RejectionReason.ForwardedInfoBadCertificate => "The certificate facts in the forwarded certificate info are not valid.",
        RejectionReason.ForwardedInfoBadName => "A name in the forwarded certificate info is not in canonical form.",
        RejectionReason.ForwardedInfoBadSan => "The subject alternative names in the forwarded certificate info are not valid.",

        // The reasons why a proxy cannot forward certificate info.
        RejectionReason.ForwardingFactsUnrepresentable => "The facts of the client connection do not fit into forwarded certificate info.",
        RejectionReason.ForwardingSignerInvalid => "The certificate of the signer has expired or is not yet valid.",
        RejectionReason.ForwardingBadChallenge => "The challenge of the server has the wrong length.",

        // A value that is not defined: a custom authenticator may use numbers of its own.
        _ => "The login was rejected.",
    };
}
