namespace CertAuth.AuthTokens;

/// <summary>The bounds of login tokens. docs/bounds.md states what happens beyond each.</summary>
internal static class AuthTokenBounds
{
    /// <summary>The minimum of the option MaxTokenLength, in bytes.</summary>
    // Room for a short token.
    internal const int MinTokenLengthLimit = 1024;

    /// <summary>The maximum of the option MaxTokenLength, in bytes.</summary>
    // A token is hashed and decoded before its signature is verified.
    internal const int MaxTokenLengthLimit = 64 * 1024;

    /// <summary>The default of the option MaxTokenLength, in bytes.</summary>
    internal const int DefaultMaxTokenLength = 16 * 1024;

    /// <summary>The maximum nesting depth of a header or a payload.</summary>
    // The JSON reader is recursive.
    internal const int MaxDepth = 32;

    /// <summary>The maximum length of a time, in characters.</summary>
    // The seconds until the year 9999 have 12 digits, and a tick is the 7th decimal.
    internal const int MaxTimeCharacters = 30;

    /// <summary>The maximum absolute value of the exponent of a time.</summary>
    // A number has at most as many characters, so larger exponents have no use.
    internal const int MaxTimeExponent = 30;

    /// <summary>The maximum of the option ClockSkew.</summary>
    // A captured token can be used for that much longer.
    internal static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The maximum of the option MaxTokenAge.</summary>
    // A captured token can be used for that long.
    internal static readonly TimeSpan MaxTokenAgeLimit = TimeSpan.FromDays(1);

    /// <summary>The maximum of the option TokenCacheSize.</summary>
    // Memory.
    internal const int MaxTokenCacheSize = 65_536;

    /// <summary>The maximum length of a payload that is cached, in bytes.</summary>
    // Memory.
    internal const int MaxCachedPayloadBytes = 4096;

    /// <summary>The maximum length of a string of a token that a rejection quotes, in bytes.</summary>
    // A peer chooses the string.
    internal const int MaxQuotedBytes = 512;
}
