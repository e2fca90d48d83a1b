namespace CertAuth;

/// <summary>Why a login, a certificate or a requirement was refused. The numbers are stable: log and count by them.</summary>
/// <remarks>The first check that fails gives the reason. For the host's log and metrics; a client never learns it.</remarks>
public enum RejectionReason
{
    /// <summary>Nothing was refused.</summary>
    None = 0,

    // The account and the request.

    /// <summary>The account logs in by another method than the one this authenticator decides.</summary>
    AccountMethodMismatch = 1,

    /// <summary>A reason of the host's own, from an <c>IAuthenticator</c> that it wrote.</summary>
    CustomRejected = 2,

    /// <summary>A hop between the client and this server doesn't use TLS, and the server demands it of every login
    /// (<c>require_secure_transport</c>).</summary>
    SecureTransportRequired = 3,

    /// <summary>There is no account of that name.</summary>
    AccountUnknown = 4,

    // The REQUIRE clause.

    /// <summary>The stored requirement can't be read; it denies every login.</summary>
    RequirementMalformed = 100,

    /// <summary>The connection doesn't use TLS, and the requirement demands it.</summary>
    InsecureTransport = 101,

    /// <summary>No verified client certificate, and the requirement demands one.</summary>
    CertificateMissing = 102,

    /// <summary>The connection's cipher suite is none of those required.</summary>
    CipherMismatch = 103,

    /// <summary>The certificate's issuer is another name than the one required.</summary>
    IssuerMismatch = 104,

    /// <summary>The certificate's issuer field is malformed; no requirement on it is met.</summary>
    IssuerMalformed = 105,

    /// <summary>The certificate's subject is another name than the one required.</summary>
    SubjectMismatch = 106,

    /// <summary>The certificate's subject field is malformed; no requirement on it is met.</summary>
    SubjectMalformed = 107,

    /// <summary>The certificate's subject alternative names lack one that is required.</summary>
    SanMismatch = 108,

    /// <summary>The subject alternative name extension is malformed or stands twice; no requirement on it is met.</summary>
    SanMalformed = 109,

    // The certificate and its path.

    /// <summary>The certificate isn't one DER-encoded X.509 certificate (RFC 5280, 4.1).</summary>
    CertificateMalformed = 200,

    /// <summary>The certificate, or the number of certificates sent, is over a bound.</summary>
    CertificateTooLarge = 201,

    /// <summary>No certificate of the bundle, and none that the peer sent, issued the certificate.</summary>
    UntrustedIssuer = 202,

    /// <summary>A certificate of that name is trusted, but its key didn't make the signature.</summary>
    CertificateBadSignature = 203,

    /// <summary>A certificate of the path has expired.</summary>
    CertificateExpired = 204,

    /// <summary>A certificate of the path isn't valid yet.</summary>
    CertificateNotYetValid = 205,

    /// <summary>A certificate that issued another is no CA, or may not sign certificates.</summary>
    IssuerNotCa = 206,

    /// <summary>A CA's path length constraint allows fewer intermediates (RFC 5280, 4.2.1.9).</summary>
    PathTooLong = 207,

    /// <summary>A CA certificate was presented as the login identity.</summary>
    CertificateIsCa = 208,

    /// <summary>The key usage or extended key usage doesn't allow this use.</summary>
    CertificateWrongUsage = 209,

    /// <summary>A key of the path is too small or of a refused kind.</summary>
    CertificateWeakKey = 210,

    /// <summary>A signature of the path uses a refused hash.</summary>
    CertificateWeakSignature = 211,

    /// <summary>A signature of the path uses an algorithm that can't be verified here.</summary>
    CertificateUnsupportedAlgorithm = 212,

    /// <summary>A critical extension that isn't understood (RFC 5280, 4.2).</summary>
    CertificateUnknownCriticalExtension = 213,

    /// <summary>A name of the path is outside a CA's name constraints (RFC 5280, 4.2.1.10).</summary>
    NameConstraintViolated = 214,

    /// <summary>The search for a path was given up: too many candidates.</summary>
    PathSearchExhausted = 215,

    /// <summary>A certificate of the path was revoked.</summary>
    CertificateRevoked = 216,

    /// <summary>Revocation lists are configured, and an issuer of the path has none that is usable.</summary>
    RevocationListMissing = 217,

    /// <summary>The revocation list of an issuer of the path is out of date.</summary>
    RevocationListStale = 218,

    /// <summary>A certificate of the path breaks a rule of RFC 5280 that only strict verification enforces.</summary>
    CertificateNotConforming = 219,

    /// <summary>A server's certificate names other servers than the one that was asked for (RFC 9525, 6).</summary>
    ServerNameMismatch = 220,

    // The token: its form and signature, then its claims, in the order of the checks.

    /// <summary>A token on a connection without TLS.</summary>
    TokenWithoutTls = 300,

    /// <summary>The token is longer than allowed.</summary>
    TokenTooLarge = 301,

    /// <summary>Not three parts joined by dots (RFC 7515, 7.1).</summary>
    TokenMalformed = 302,

    /// <summary>A part of the token isn't base64url without padding (RFC 7515, 2).</summary>
    TokenBadBase64 = 303,

    /// <summary>The header is not one strict JSON object of at most 128 members, or a member of it is not of its type.</summary>
    TokenBadHeader = 304,

    /// <summary>A header of another type than JWT, or with a content type (RFC 8725, 3.11).</summary>
    TokenTypeNotAllowed = 305,

    /// <summary>A header with <c>crit</c>, <c>b64</c> or <c>zip</c>.</summary>
    TokenExtensionNotAllowed = 306,

    /// <summary>An algorithm that isn't allowed.</summary>
    TokenAlgorithmNotAllowed = 307,

    /// <summary>A header without a usable <c>kid</c>.</summary>
    TokenKeyIdMissing = 308,

    /// <summary>No key of the set has the token's <c>kid</c>.</summary>
    TokenKeyUnknown = 309,

    /// <summary>The token's algorithm doesn't fit the key of its <c>kid</c>.</summary>
    TokenAlgorithmMismatch = 310,

    /// <summary>The signature isn't the key's.</summary>
    TokenBadSignature = 311,

    /// <summary>The payload is not one strict JSON object, or an object in it has more than 128 members.</summary>
    TokenBadPayload = 312,

    /// <summary>The claim <c>sub</c> is missing or not the user who logs in.</summary>
    TokenSubjectMismatch = 313,

    /// <summary>The claim <c>iss</c> is missing or not the issuer that the account requires, or is no string.</summary>
    TokenIssuerMismatch = 314,

    /// <summary>The claim <c>email</c> is missing or not the account's.</summary>
    TokenEmailMismatch = 315,

    /// <summary>A time of the token is missing where it is required, or is not a number of at most 30 characters from 0 to the year
    /// 9999.</summary>
    TokenBadTime = 316,

    /// <summary>The claim <c>iat</c> is later than now.</summary>
    TokenIssuedInFuture = 317,

    /// <summary>The claim <c>iat</c> is longer ago than allowed.</summary>
    TokenMaxAgeExceeded = 318,

    /// <summary>The claim <c>exp</c> is earlier than now.</summary>
    TokenExpired = 319,

    /// <summary>The claim <c>nbf</c> is later than now.</summary>
    TokenNotYetValid = 320,

    /// <summary>The claim <c>aud</c> names none of the configured audiences.</summary>
    TokenAudienceMismatch = 321,

    /// <summary>No key set could be read for longer than allowed, and none is used.</summary>
    TokenKeysStale = 322,

    // What a proxy says of its client, in the order of the checks.

    /// <summary>A proxy's connection without the two attributes of a forwarded certificate, or with one of them alone.</summary>
    ForwardedInfoMissing = 401,

    /// <summary>One of the two attributes more than once.</summary>
    ForwardedInfoRepeated = 402,

    /// <summary>One of the two attributes on a connection that isn't a proxy's, or facts that a proxy forwarded, given as the connection's
    /// own.</summary>
    ForwardedInfoUnexpected = 403,

    /// <summary>A proxy's connection, and nothing here verifies what proxies say.</summary>
    ForwardedInfoNotAccepted = 404,

    /// <summary>One of the two attributes is longer than allowed.</summary>
    ForwardedInfoTooLarge = 405,

    /// <summary>The signature begins with no prefix that is taken.</summary>
    ForwardedInfoFormatNotAllowed = 406,

    /// <summary>The signature, or a certificate behind it, isn't base64url without padding, or there are none or too many
    /// certificates.</summary>
    ForwardedSignatureMalformed = 407,

    /// <summary>The signer's certificate isn't from a trusted CA of proxies.</summary>
    ForwardedSignerUntrusted = 408,

    /// <summary>The signer's certificate is trusted, and isn't that of a proxy.</summary>
    ForwardedSignerMismatch = 409,

    /// <summary>No key that is accepted made the signature.</summary>
    ForwardedInfoBadSignature = 410,

    /// <summary>The info is not one strict JSON object, or has more than 128 members.</summary>
    ForwardedInfoMalformed = 411,

    /// <summary>A member of the info is missing.</summary>
    ForwardedInfoMemberMissing = 412,

    /// <summary>A member of the info isn't known.</summary>
    ForwardedInfoMemberUnknown = 413,

    /// <summary>A member of the info stands twice.</summary>
    ForwardedInfoMemberRepeated = 414,

    /// <summary>A member of the info isn't of its type.</summary>
    ForwardedInfoMemberBadType = 415,

    /// <summary>Another version of the info than 1.</summary>
    ForwardedInfoVersionNotSupported = 416,

    /// <summary>The info is valid for no time, or for more than 5 minutes.</summary>
    ForwardedInfoBadLifetime = 417,

    /// <summary>The info was issued later than now.</summary>
    ForwardedInfoIssuedInFuture = 418,

    /// <summary>The info has expired.</summary>
    ForwardedInfoExpired = 419,

    /// <summary>The info is for another user.</summary>
    ForwardedInfoUserMismatch = 420,

    /// <summary>The info is for another connection: its nonce isn't the challenge of this one.</summary>
    ForwardedInfoChallengeMismatch = 421,

    /// <summary>The info's facts of the client's TLS connection are malformed, unknown, or contradict one another.</summary>
    ForwardedInfoBadTls = 422,

    /// <summary>The info's digest of the certificate is malformed, or there are names without one.</summary>
    ForwardedInfoBadCertificate = 423,

    /// <summary>The info's subject or issuer isn't the canonical form of a name.</summary>
    ForwardedInfoBadName = 424,

    /// <summary>The info's subject alternative names aren't exactly such entries.</summary>
    ForwardedInfoBadSan = 425,

    // A proxy that can't vouch for its client.

    /// <summary>The facts of the client's connection don't fit into a token: a malformed name, a suite without a name, too long.</summary>
    ForwardingFactsUnrepresentable = 430,

    /// <summary>The signer's certificate has expired or isn't valid yet.</summary>
    ForwardingSignerInvalid = 431,

    /// <summary>The server's challenge has fewer than 16 or more than 32 octets.</summary>
    ForwardingBadChallenge = 432,
}
