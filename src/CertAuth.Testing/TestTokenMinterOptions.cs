using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>How a minter makes tokens. The defaults make good ones.</summary>
public sealed record TestTokenMinterOptions
{
    /// <summary>The algorithm. Default: ES256, whose keys take well under a millisecond to make.</summary>
    public SignatureAlgorithm Algorithm { get; init; } = SignatureAlgorithm.ES256;

    /// <summary>The first key, such as a <see cref="TestKey.Fixed"/> one where the algorithm is RSA's; null, the default, makes a new
    /// one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>The claim <c>iss</c>; null, the default, leaves it out.</summary>
    public string? Issuer { get; init; }

    /// <summary>How long after <c>iat</c> comes <c>exp</c>. Default: 15 minutes.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What the <c>kid</c> of each key begins with, before its number. Default: <c>key-</c>.</summary>
    public string KeyIdPrefix { get; init; } = "key-";

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
