using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Options for <see cref="CertInfoTokenVerifier"/>. At least one of <see cref="SharedKey"/> and <see cref="ProxySigners"/> must be
/// set.</summary>
/// <remarks>They are checked when a verifier is created. Two options are equal if all properties are equal. Immutable; safe for concurrent
/// use.</remarks>
public sealed record CertInfoTokenVerifierOptions
{
    /// <summary>Gets the source of the certificates of the shared signing key (<c>v1.</c>), which is read for each token: the newest
    /// certificate and those that it replaced. Default: null, which rejects such tokens.</summary>
    /// <remarks>If the source is an <see cref="IRefreshableSource{T}"/>, a signature by an unknown key causes a reload, because a proxy may
    /// have reloaded its key earlier than this server.</remarks>
    public ISource<SigningCertificateRing>? SharedKey { get; init; }

    /// <summary>Gets the proxies that sign with their own keys (<c>v1c.</c>). Default: null, which rejects such tokens.</summary>
    public ProxySigners? ProxySigners { get; init; }

    /// <summary>Gets the clock. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (SharedKey is null && ProxySigners is null)
            problems.Add($"{nameof(SharedKey)} or {nameof(ProxySigners)} must be set; otherwise every token is rejected.");
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (ProxySigners is not null)
            problems.AddRange(ProxySigners.FindProblems());
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(CertInfoTokenVerifierOptions)}: {string.Join(' ', problems)}");
    }
}
