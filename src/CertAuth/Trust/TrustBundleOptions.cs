namespace CertAuth.Trust;

/// <summary>How a trust bundle verifies. Immutable; checked when a bundle is loaded.</summary>
public sealed record TrustBundleOptions
{
    /// <summary>The clock against which validities are checked. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long before its expiry an anchor is warned of, not negative. Default: 30 days.</summary>
    public TimeSpan ExpiryWarning { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Weak algorithms that are allowed all the same. Default: none.</summary>
    public WeakAlgorithms AllowedWeakAlgorithms { get; init; }

    /// <summary>Whether a certificate of the bundle of X.509 version 1, which can't say that it is a CA, may issue. Default: no.</summary>
    public bool AllowVersion1Anchors { get; init; }

    /// <summary>Whether a CA certificate may be the login identity. Default: no.</summary>
    public bool AllowCaAsLeaf { get; init; }

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (ExpiryWarning < TimeSpan.Zero)
            problems.Add($"{nameof(ExpiryWarning)} must not be negative, but is {ExpiryWarning}.");
        if ((AllowedWeakAlgorithms & ~(WeakAlgorithms.Md5Signatures | WeakAlgorithms.Sha1Signatures | WeakAlgorithms.Rsa1024Keys)) != 0)
            problems.Add($"{nameof(AllowedWeakAlgorithms)} has undefined bits: {(int)AllowedWeakAlgorithms}.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(TrustBundleOptions)}: {string.Join(' ', problems)}");
    }
}
