using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>The options of a <see cref="TestTokenMinter"/>. The defaults make valid tokens.</summary>
public sealed record TestTokenMinterOptions
{
    /// <summary>Gets the signature algorithm. Default: ES256, because its keys are generated in well under a millisecond.</summary>
    public SignatureAlgorithm Algorithm { get; init; } = SignatureAlgorithm.ES256;

    /// <summary>Gets the first key, such as one of <see cref="TestKey.Fixed"/> for an RSA algorithm; null, the default, generates a new
    /// one.</summary>
    public TestKey? Key { get; init; }

    /// <summary>Gets the <c>iss</c> claim; null, the default, omits it.</summary>
    public string? Issuer { get; init; }

    /// <summary>Gets the time from <c>iat</c> to <c>exp</c>. Default: 15 minutes.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets the prefix of each <c>kid</c>, which the number of the key follows. Default: <c>key-</c>.</summary>
    public string KeyIdPrefix { get; init; } = "key-";

    /// <summary>Gets the clock. Default: the system clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
