namespace CertAuth.AuthTokens;

/// <summary>The bounds of login tokens (docs/bounds.md), each with the reason for its number.</summary>
internal static class AuthTokenBounds
{
    /// <summary>The smallest and the largest value of the option <see cref="JwsOptions.MaxTokenLength"/>: room for a short token, and a
    /// bound of what is hashed and decoded before the signature is verified.</summary>
    internal const int MinTokenLengthLimit = 1024, MaxTokenLengthLimit = 64 * 1024;

    /// <summary>The default value of the option <see cref="JwsOptions.MaxTokenLength"/>.</summary>
    internal const int DefaultMaxTokenLength = 16 * 1024;

    /// <summary>The maximum nesting depth of a header or a payload. The JSON reader is recursive.</summary>
    internal const int MaxDepth = 32;

    /// <summary>The maximum length of a time, in characters. The seconds until the year 9999 have 12 digits, and a tick is the 7th
    /// decimal.</summary>
    internal const int MaxTimeCharacters = 30;

    /// <summary>The maximum absolute value of the exponent of a time. As a number has at most as many characters, larger exponents have no
    /// use.</summary>
    internal const int MaxTimeExponent = 30;

    /// <summary>The maximum value of the option <see cref="AuthTokenOptions.TokenCacheSize"/>, to bound memory.</summary>
    internal const int MaxTokenCacheSize = 65_536;

    /// <summary>The maximum length of a payload that is cached, in bytes, to bound memory.</summary>
    internal const int MaxCachedPayloadBytes = 4096;

    /// <summary>The maximum length of a string of a token that a rejection quotes, in bytes. A peer chooses it.</summary>
    internal const int MaxQuotedBytes = 512;

    /// <summary>The maximum value of the option <see cref="AuthTokenOptions.ClockSkew"/>. It extends the time for which a captured
    /// token can be used.</summary>
    internal static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The maximum value of the option <see cref="AuthTokenOptions.MaxTokenAge"/>. A captured token can be used for that
    /// long.</summary>
    internal static readonly TimeSpan MaxTokenAgeLimit = TimeSpan.FromDays(1);
}
