namespace CertAuth;

/// <summary>The reason why a login, a certificate or a token was rejected. The numbers are stable across versions.</summary>
/// <remarks>The first check that fails gives the reason. It is for the logs and metrics of the application, never for the client.</remarks>
public enum RejectionReason
{
    /// <summary>Nothing was rejected.</summary>
    None = 0,

    // The account and the transport.

    /// <summary>The account uses a login method that the authenticator does not handle.</summary>
    AccountMethodMismatch = 1,

    /// <summary>A custom authenticator rejected the login.</summary>
    CustomRejected = 2,

    /// <summary>A hop between the client and this server does not use TLS, and the server requires it for every login
    /// (<c>require_secure_transport</c>).</summary>
    SecureTransportRequired = 3,

    /// <summary>No account has the name that the client sent.</summary>
    AccountUnknown = 4,

    // The requirement of the account.

    /// <summary>The stored requirement cannot be read. It rejects every login.</summary>
    RequirementMalformed = 100,

    /// <summary>The requirement demands TLS, and the connection does not use it.</summary>
    InsecureTransport = 101,

    /// <summary>A verified certificate is required, and none was presented.</summary>
    CertificateMissing = 102,

    /// <summary>The cipher suite of the connection is not one of those required.</summary>
    CipherMismatch = 103,

    /// <summary>The issuer of the client certificate is not the required name.</summary>
    IssuerMismatch = 104,

    /// <summary>The issuer field of the client certificate is malformed. It meets no requirement.</summary>
    IssuerMalformed = 105,

    /// <summary>The subject of the client certificate is not the required name.</summary>
    SubjectMismatch = 106,

    /// <summary>The subject field of the client certificate is malformed. It meets no requirement.</summary>
    SubjectMalformed = 107,

    /// <summary>The client certificate lacks a required subject alternative name.</summary>
    SanMismatch = 108,

    /// <summary>The subject alternative name extension of the client certificate is malformed or repeated. It meets no
    /// requirement.</summary>
    SanMalformed = 109,

    /// <summary>The key that verified the signature of the client certificate has none of the required digests.</summary>
    IssuerKeyMismatch = 110,

    /// <summary>The subject of the client certificate lacks a required RDN, or has the required RDNs in another order.</summary>
    SubjectPartMissing = 111,

    /// <summary>The client certificate has none of the required digests.</summary>
    CertificateMismatch = 112,

    /// <summary>The public key of the client certificate has none of the required digests.</summary>
    PublicKeyMismatch = 113,

    // The certificate and its path.

    /// <summary>A certificate is not exactly one DER-encoded X.509 certificate (RFC 5280, 4.1).</summary>
    CertificateMalformed = 200,

    /// <summary>A certificate exceeds the maximum size, or there are too many certificates.</summary>
    CertificateTooLarge = 201,

    /// <summary>Neither a certificate of the trust bundle nor one that the peer sent issued the certificate.</summary>
    UntrustedIssuer = 202,

    /// <summary>A CA with the name of the issuer is trusted, but the signature of the certificate does not verify with its key.</summary>
    CertificateBadSignature = 203,

    /// <summary>A certificate of the path has expired.</summary>
    CertificateExpired = 204,

    /// <summary>A certificate of the path is not yet valid.</summary>
    CertificateNotYetValid = 205,

    /// <summary>The issuer of a certificate is not a CA, or its key usage does not allow it to sign certificates.</summary>
    IssuerNotCa = 206,

    /// <summary>The path has more intermediate certificates than a CA (RFC 5280, 4.2.1.9) or the options allow.</summary>
    PathTooLong = 207,

    /// <summary>A CA certificate was presented as the identity of a peer.</summary>
    CertificateIsCa = 208,

    /// <summary>The key usage or extended key usage of a certificate does not allow this use.</summary>
    CertificateWrongUsage = 209,

    /// <summary>The key of a certificate is too small, or of a type that is not allowed.</summary>
    CertificateWeakKey = 210,

    /// <summary>The signature of a certificate uses a hash algorithm that is not allowed.</summary>
    CertificateWeakSignature = 211,

    /// <summary>The signature algorithm of a certificate is not supported.</summary>
    CertificateUnsupportedAlgorithm = 212,

    /// <summary>A certificate has a critical extension that is not supported (RFC 5280, 4.2).</summary>
    CertificateUnknownCriticalExtension = 213,

    /// <summary>A name in the path is outside the name constraints of a CA (RFC 5280, 4.2.1.10).</summary>
    NameConstraintViolated = 214,

    /// <summary>The search for a path reached its limit: there were too many candidates.</summary>
    PathSearchExhausted = 215,

    /// <summary>A certificate of the path was revoked.</summary>
    CertificateRevoked = 216,

    /// <summary>Revocation lists are configured, and none is usable for an issuer of the path.</summary>
    RevocationListMissing = 217,

    /// <summary>The revocation list of an issuer of the path is out of date.</summary>
    RevocationListStale = 218,

    /// <summary>A certificate of the path violates a rule of RFC 5280 that only strict verification enforces.</summary>
    CertificateNotConforming = 219,

    /// <summary>The certificate of a server does not name the requested server (RFC 9525, 6).</summary>
    ServerNameMismatch = 220,

    // The token: its form and signature, then its claims, in the order of the checks.

    /// <summary>A hop between the client and this server does not use TLS, and tokens without TLS are not allowed.</summary>
    TokenWithoutTls = 300,

    /// <summary>The token exceeds the maximum length.</summary>
    TokenTooLarge = 301,

    /// <summary>The token does not have three parts joined by dots (RFC 7515, 7.1).</summary>
    TokenMalformed = 302,

    /// <summary>A part of the token is not base64url without padding (RFC 7515, 2).</summary>
    TokenBadBase64 = 303,

    /// <summary>The header is not one strict JSON object of at most 128 members, or a member has the wrong type.</summary>
    TokenBadHeader = 304,

    /// <summary>The header has a <c>typ</c> other than <c>JWT</c>, or a <c>cty</c> (RFC 8725, 3.11).</summary>
    TokenTypeNotAllowed = 305,

    /// <summary>The header has <c>crit</c>, <c>b64</c> or <c>zip</c>.</summary>
    TokenExtensionNotAllowed = 306,

    /// <summary>The options do not allow the algorithm (<c>alg</c>) of the token.</summary>
    TokenAlgorithmNotAllowed = 307,

    /// <summary>The header has no <c>kid</c> that can name a key.</summary>
    TokenKeyIdMissing = 308,

    /// <summary>The JWK set has no key with the <c>kid</c> of the token.</summary>
    TokenKeyUnknown = 309,

    /// <summary>The algorithm of the token does not match the key with its <c>kid</c>.</summary>
    TokenAlgorithmMismatch = 310,

    /// <summary>The signature does not verify with the key that <c>kid</c> names.</summary>
    TokenBadSignature = 311,

    /// <summary>The payload is not one strict JSON object, or an object in it has more than 128 members.</summary>
    TokenBadPayload = 312,

    /// <summary>The claim <c>sub</c> is missing, or is not the user name of the login.</summary>
    TokenSubjectMismatch = 313,

    /// <summary>The claim <c>iss</c> is missing, is not a string, or is not the issuer that the account requires.</summary>
    TokenIssuerMismatch = 314,

    /// <summary>The claim <c>email</c> is missing, or is not the email address of the account.</summary>
    TokenEmailMismatch = 315,

    /// <summary>A required time of the token is missing, or a time is not a number with at most 30 characters, from 0 through the year
    /// 9999.</summary>
    TokenBadTime = 316,

    /// <summary>The claim <c>iat</c> is later than the current time plus the clock skew that the options allow.</summary>
    TokenIssuedInFuture = 317,

    /// <summary>The token was issued (<c>iat</c>) longer ago than the maximum age plus the clock skew.</summary>
    TokenMaxAgeExceeded = 318,

    /// <summary>The claim <c>exp</c> is earlier than the current time minus the clock skew.</summary>
    TokenExpired = 319,

    /// <summary>The claim <c>nbf</c> is later than the current time plus the clock skew.</summary>
    TokenNotYetValid = 320,

    /// <summary>The claim <c>aud</c> has none of the configured audiences.</summary>
    TokenAudienceMismatch = 321,

    /// <summary>The JWK set was last reloaded longer ago than its maximum age, and is no longer used.</summary>
    TokenKeysStale = 322,

    // The certificate info that a proxy forwards, in the order of the checks.

    /// <summary>A connection from a proxy lacks <c>tiproxy-cert-info</c> or <c>tiproxy-cert-signature</c>, the two attributes of forwarded
    /// certificate info.</summary>
    ForwardedInfoMissing = 401,

    /// <summary>A connection has one of the two attributes more than once.</summary>
    ForwardedInfoRepeated = 402,

    /// <summary>A connection that is not from a proxy has one of the two attributes, or the application passed facts that a proxy forwarded
    /// for another login.</summary>
    ForwardedInfoUnexpected = 403,

    /// <summary>A connection is from a proxy, and no verifier of forwarded certificate info is configured.</summary>
    ForwardedInfoNotAccepted = 404,

    /// <summary>One of the two attributes exceeds the maximum length.</summary>
    ForwardedInfoTooLarge = 405,

    /// <summary>The signature has no prefix of an accepted format.</summary>
    ForwardedInfoFormatNotAllowed = 406,

    /// <summary>The signature, or a certificate after it, is not base64url without padding, or the number of certificates is not
    /// allowed.</summary>
    ForwardedSignatureMalformed = 407,

    /// <summary>The certificate of the signer does not chain to a trusted CA of proxies.</summary>
    ForwardedSignerUntrusted = 408,

    /// <summary>The certificate of the signer is trusted, but is not that of a proxy.</summary>
    ForwardedSignerMismatch = 409,

    /// <summary>The signature does not verify with an accepted key.</summary>
    ForwardedInfoBadSignature = 410,

    /// <summary>The info is not one strict JSON object, or has more than 128 members.</summary>
    ForwardedInfoMalformed = 411,

    /// <summary>The info lacks a member.</summary>
    ForwardedInfoMemberMissing = 412,

    /// <summary>The info has an unknown member.</summary>
    ForwardedInfoMemberUnknown = 413,

    /// <summary>The info has a repeated member.</summary>
    ForwardedInfoMemberRepeated = 414,

    /// <summary>A member of the info has the wrong type.</summary>
    ForwardedInfoMemberBadType = 415,

    /// <summary>The version of the info is not 1.</summary>
    ForwardedInfoVersionNotSupported = 416,

    /// <summary>The lifetime of the info is not positive, or exceeds 5 minutes.</summary>
    ForwardedInfoBadLifetime = 417,

    /// <summary>The info was issued more than 30 seconds later than the current time.</summary>
    ForwardedInfoIssuedInFuture = 418,

    /// <summary>The info expired more than 30 seconds ago.</summary>
    ForwardedInfoExpired = 419,

    /// <summary>The info is for another user.</summary>
    ForwardedInfoUserMismatch = 420,

    /// <summary>The info is for another connection: its nonce is not the challenge of this one.</summary>
    ForwardedInfoChallengeMismatch = 421,

    /// <summary>The TLS facts of the client's connection are malformed, unknown or contradictory.</summary>
    ForwardedInfoBadTls = 422,

    /// <summary>The digest of the certificate is malformed, or there are names without a digest.</summary>
    ForwardedInfoBadCertificate = 423,

    /// <summary>The subject or issuer is not the canonical form of a name.</summary>
    ForwardedInfoBadName = 424,

    /// <summary>The subject alternative names are not a list of valid entries in canonical form.</summary>
    ForwardedInfoBadSan = 425,

    // The reasons why a proxy cannot forward certificate info.

    /// <summary>The facts of the client's connection do not fit into certificate info: a malformed name, a cipher suite without a name, or
    /// too many bytes.</summary>
    ForwardingFactsUnrepresentable = 430,

    /// <summary>The certificate of the signer has expired or is not yet valid.</summary>
    ForwardingSignerInvalid = 431,

    /// <summary>The challenge of the server does not have 16 to 32 bytes.</summary>
    ForwardingBadChallenge = 432,
}
