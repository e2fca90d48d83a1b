namespace CertAuth.Signing;

/// <summary>The bounds of JWK sets and of signing certificates. docs/bounds.md states what happens beyond each.</summary>
internal static class SigningBounds
{
    /// <summary>The maximum size of a JWK set, in bytes.</summary>
    // Enough for thousands of keys.
    internal const int MaxKeySetBytes = 1024 * 1024;

    /// <summary>The maximum number of keys in a set, usable or not.</summary>
    // Bounds the number of warnings.
    internal const int MaxKeys = 10_000;

    /// <summary>The maximum depth of nesting in a set.</summary>
    // The JSON reader is recursive, so this bounds the stack.
    internal const int MaxDepth = 32;

    /// <summary>The maximum length of a <c>kid</c>, in bytes.</summary>
    // Tokens repeat it.
    internal const int MaxKeyIdBytes = 1024;

    /// <summary>The maximum number of replaced certificates that are kept.</summary>
    // One rotation replaces one.
    internal const int MaxRetained = 4;

    /// <summary>The time for which a replaced certificate is kept, including the last instant.</summary>
    // Proxies reload every 10 minutes by default.
    internal static readonly TimeSpan Retention = TimeSpan.FromMinutes(15);

    /// <summary>The time for which a certificate is accepted after it expires.</summary>
    // The clocks of proxy and server differ.
    internal static readonly TimeSpan ExpirySkew = TimeSpan.FromSeconds(30);
}
