using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>What a login needs beside its account. Immutable.</summary>
public sealed record LoginAuthenticatorOptions
{
    /// <summary>Whether every login needs TLS, on each hop (<c>require_secure_transport</c>); it doesn't demand a client certificate.
    /// Default: no.</summary>
    public bool RequireSecureTransport { get; init; }

    /// <summary>What verifies the certificates that proxies forward; null refuses every connection from a proxy. Default: null.</summary>
    public CertInfoTokenVerifier? CertInfoVerifier { get; init; }

    /// <summary>What decides about accounts of method <see cref="AuthenticationMethod.Token"/>, such as a <see cref="TokenAuthenticator"/>; null refuses
    /// them. Default: null.</summary>
    public IAuthenticator? TokenAuthenticator { get; init; }

    /// <summary>What decides about accounts of method <see cref="AuthenticationMethod.Custom"/>: it checks the credential alone, the rest was done
    /// before it is asked. Null refuses them. Default: null.</summary>
    public IAuthenticator? Custom { get; init; }

    /// <summary>The clock by which a certificate on the connection has expired; the other parts have clocks of their own. Default: the
    /// system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        if (TimeProvider is null)
            throw new ArgumentException($"{nameof(LoginAuthenticatorOptions)}: {nameof(TimeProvider)} must not be null.");
    }
}
