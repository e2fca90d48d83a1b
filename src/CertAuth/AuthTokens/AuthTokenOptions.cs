using System.Collections.Immutable;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Options for the validation of login tokens.</summary>
/// <remarks>They are checked when an <see cref="AuthTokenValidator"/> or a <c>TokenAuthenticator</c> is created. Two options are equal if
/// all properties are equal; arrays are compared by reference. Immutable; safe for concurrent use.</remarks>
public sealed record AuthTokenOptions
{
    /// <summary>Gets the allowed signature algorithms; at least one. Default: all that <see cref="SignatureAlgorithm"/>
    /// defines.</summary>
    public ImmutableArray<SignatureAlgorithm> Algorithms { get; init; } = SignatureScheme.TokenAlgorithms;

    /// <summary>Gets the maximum length of a token in bytes, from 1,024 to 65,536. Default: 16,384.</summary>
    public int MaxTokenLength { get; init; } = AuthTokenBounds.DefaultMaxTokenLength;

    /// <summary>Gets the maximum age of a token, counted from its <c>iat</c>, from 1 second to 1 day. Default: 15 minutes.</summary>
    public TimeSpan MaxTokenAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets the tolerance for clocks that differ, from 0 to 5 minutes, which is added to each limit of <c>iat</c>, <c>exp</c> and
    /// <c>nbf</c>. Default: 0.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Gets the accepted audiences. If a token has an <c>aud</c>, it must name one of them; the comparison is ordinal. Default:
    /// empty, which rejects every token that has an <c>aud</c> (RFC 7519, 4.1.3).</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>Gets the maximum number of tokens in the cache of verified signatures, from 0 (no cache) to 65,536. Default:
    /// 1,024.</summary>
    /// <remarks>Connection pools present the same token many times. The claims of a cached token are checked at each login. A token with a
    /// payload of more than 4,096 bytes is not cached.</remarks>
    public int TokenCacheSize { get; init; } = 1024;

    /// <summary>Gets a value that indicates whether tokens are accepted on connections without TLS, where an eavesdropper can read and
    /// reuse them. Default: false.</summary>
    public bool AllowTokensWithoutTls { get; init; }

    /// <summary>Gets the clock. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    internal void ThrowIfInvalid()
    {
        List<string> problems = [.. ToJwsOptions().FindProblems()];
        if (MaxTokenAge < TimeSpan.FromSeconds(1) || MaxTokenAge > AuthTokenBounds.MaxTokenAgeLimit)
            problems.Add($"{nameof(MaxTokenAge)} must be from 1 second to {AuthTokenBounds.MaxTokenAgeLimit}, but is {MaxTokenAge}.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > AuthTokenBounds.MaxClockSkew)
            problems.Add($"{nameof(ClockSkew)} must be from 0 to {AuthTokenBounds.MaxClockSkew}, but is {ClockSkew}.");
        if (Audiences.IsDefault || Audiences.Any(text => string.IsNullOrEmpty(text) || StrictUtf8.IndexOfUnpairedSurrogate(text) >= 0))
            problems.Add($"{nameof(Audiences)} must be an array of non-empty strings without unpaired surrogates.");
        if (TokenCacheSize is < 0 or > AuthTokenBounds.MaxTokenCacheSize)
            problems.Add($"{nameof(TokenCacheSize)} must be from 0 to {AuthTokenBounds.MaxTokenCacheSize}, but is {TokenCacheSize}.");
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(AuthTokenOptions)}: {string.Join(' ', problems)}");
    }

    internal JwsOptions ToJwsOptions() => new() { Algorithms = Algorithms, MaxTokenLength = MaxTokenLength };
}
