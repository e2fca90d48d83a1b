using CertAuth.AuthTokens;
using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>The options of a <see cref="LoginAuthenticator"/>.</summary>
/// <remarks>Immutable; validated by the constructor of <see cref="LoginAuthenticator"/>.</remarks>
public sealed record LoginAuthenticatorOptions
{
    /// <summary>Gets a value that indicates whether every login requires TLS on each hop (<c>require_secure_transport</c>). A client
    /// certificate is not required. Default: false.</summary>
    public bool RequireSecureTransport { get; init; }

    /// <summary>Gets the verifier of the certificate info that proxies forward; null to reject every connection from a proxy. Default:
    /// null.</summary>
    public CertInfoTokenVerifier? CertInfoVerifier { get; init; }

    /// <summary>Gets the authenticator for accounts of <see cref="AuthenticationMethod.Token"/>, such as a
    /// <see cref="CertAuth.TokenAuthenticator"/>; null to reject them. Default: null.</summary>
    public IAuthenticator? TokenAuthenticator { get; init; }

    /// <summary>Gets a value that indicates whether a client may send its token over a connection without TLS, where an eavesdropper can
    /// read and use it. If true, set <see cref="AuthTokenOptions.AllowTokensWithoutTls"/> of the <see cref="TokenAuthenticator"/> too;
    /// otherwise clients send tokens without TLS that it then rejects. Default: false.</summary>
    public bool AllowTokensWithoutTls { get; init; }

    /// <summary>Gets the authenticator for accounts of <see cref="AuthenticationMethod.Custom"/>; null to reject them. It is called only
    /// after all other checks have succeeded, and checks only the credential. Default: null.</summary>
    public IAuthenticator? Custom { get; init; }

    /// <summary>Gets the clock that decides whether a certificate of the connection has expired. <see cref="CertInfoVerifier"/> and
    /// <see cref="TokenAuthenticator"/> have clocks of their own. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        if (TimeProvider is null)
            throw new ArgumentException($"{nameof(LoginAuthenticatorOptions)}: {nameof(TimeProvider)} must not be null.");
    }
}
