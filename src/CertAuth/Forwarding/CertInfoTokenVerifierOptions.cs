using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Whose tokens are believed: those of the shared key, those of proxies with keys of their own, or both. Immutable; checked when a verifier
/// is built.</summary>
public sealed record CertInfoTokenVerifierOptions
{
    /// <summary>The public certificates of the shared signing key (<c>v1.</c>), the newest and those that it replaced; null takes no such
    /// tokens. Where it is an <see cref="IRefreshableSource{T}"/>, a signature by an unknown key causes one early look for a newer one: a proxy may be
    /// ahead. Default: null.</summary>
    public ISource<SigningCertificateRing>? SharedKey { get; init; }

    /// <summary>The proxies with keys of their own (<c>v1c.</c>); null takes no such tokens. Default: null.</summary>
    public ProxySigners? ProxySigners { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (SharedKey is null && ProxySigners is null)
            problems.Add($"{nameof(SharedKey)} or {nameof(ProxySigners)} must be set: else no token could ever be believed.");
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (ProxySigners is not null)
            problems.AddRange(ProxySigners.FindProblems());
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(CertInfoTokenVerifierOptions)}: {string.Join(' ', problems)}");
    }
}
