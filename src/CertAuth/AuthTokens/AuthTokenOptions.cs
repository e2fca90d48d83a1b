using System.Buffers;
using System.Collections.Immutable;
using System.Text.Unicode;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>What a login token must satisfy. Immutable; checked when a validator is built.</summary>
public sealed record AuthTokenOptions
{
    /// <summary>The largest value of <see cref="TokenCacheSize"/>.</summary>
    private const int MaxCachedTokens = 65_536;

    private static readonly TimeSpan s_maxClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_maxAgeLimit = TimeSpan.FromDays(1);

    /// <summary>Gets the allowed signature algorithms; at least one. Default: all nine.</summary>
    public ImmutableArray<SignatureAlgorithm> Algorithms { get; init; } = SignatureAlgorithmInfo.All;

    /// <summary>Gets the maximum length of a token in bytes, from 1,024 to 65,536. Default: 16,384.</summary>
    public int MaxTokenLength { get; init; } = JwsOptions.DefaultMaxTokenLength;

    /// <summary>How long ago a token may have been issued, from 1 second to 1 day. Default: 15 minutes.</summary>
    public TimeSpan MaxTokenAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Leeway for <c>iat</c>, <c>exp</c> and <c>nbf</c>, from 0 to 5 minutes. Default: 0.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>The audiences of which a token with <c>aud</c> must name one, compared exactly. Default: none, and a token with <c>aud</c> is
    /// refused (RFC 7519, 4.1.3).</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>How many verified tokens are remembered, from 0 (none) to 65,536: a pool presents one token many times. The claims and times are
    /// checked all the same. Default: 1,024.</summary>
    public int TokenCacheSize { get; init; } = 1024;

    /// <summary>Whether a token is taken on a connection without TLS, where anybody can read and use it. Default: no.</summary>
    public bool AllowTokensWithoutTls { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        List<string> problems = [.. ToJwsOptions().FindProblems()];
        if (MaxTokenAge < TimeSpan.FromSeconds(1) || MaxTokenAge > s_maxAgeLimit)
            problems.Add($"{nameof(MaxTokenAge)} must be from 1 second to {s_maxAgeLimit}, but is {MaxTokenAge}.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > s_maxClockSkew)
            problems.Add($"{nameof(ClockSkew)} must be from 0 to {s_maxClockSkew}, but is {ClockSkew}.");
        if (Audiences.IsDefault || Audiences.Any(audience => string.IsNullOrEmpty(audience) || HasLoneSurrogate(audience)))
            problems.Add($"{nameof(Audiences)} must not hold an empty text or a lone surrogate.");
        if (TokenCacheSize is < 0 or > MaxCachedTokens)
            problems.Add($"{nameof(TokenCacheSize)} must be from 0 to {MaxCachedTokens}, but is {TokenCacheSize}.");
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(AuthTokenOptions)}: {string.Join(' ', problems)}");
    }

    internal JwsOptions ToJwsOptions() => new() { Algorithms = Algorithms, MaxTokenLength = MaxTokenLength };

    private static bool HasLoneSurrogate(string text)
    {
        Span<byte> utf8 = new byte[text.Length * 3];
        return Utf8.FromUtf16(text, utf8, out _, out _, replaceInvalidSequences: false) != OperationStatus.Done;
    }
}
