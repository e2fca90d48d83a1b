using System.Collections.Immutable;

namespace CertAuth.Trust;

/// <summary>How a trust bundle verifies. Immutable; checked when a bundle is loaded.</summary>
public sealed record TrustBundleOptions
{
    /// <summary>The clock against which validities are checked. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the certificates that are verified are for. Default: <see cref="CertificatePurpose.ClientAuthentication"/>.</summary>
    public CertificatePurpose Purpose { get; init; }

    /// <summary>How long before its expiry an anchor is warned of, not negative. Default: 30 days.</summary>
    public TimeSpan ExpiryWarningPeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Weak algorithms that are allowed all the same. Default: none.</summary>
    public WeakAlgorithms AllowedWeakAlgorithms { get; init; }

    /// <summary>Whether a certificate of the bundle of X.509 version 1, which can't say that it is a CA, may issue. Default: no.</summary>
    public bool AllowVersion1Anchors { get; init; }

    /// <summary>Whether a CA certificate may be the login identity. Default: no.</summary>
    public bool AllowCaAsLeaf { get; init; }

    /// <summary>Files of certificate revocation lists, each PEM (one or more blocks) or DER, at most 64 MiB. As soon as there is one, every issuer
    /// of a path needs a list. Default: none, and revocation is not checked.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> RevocationLists { get; init; } = [];

    /// <summary>What becomes of a path where an issuer has no usable revocation list, though lists are configured. Default: refused.</summary>
    public RevocationListPolicy MissingRevocationList { get; init; }

    /// <summary>What becomes of a path where an issuer's revocation list is out of date. Default: refused.</summary>
    public RevocationListPolicy StaleRevocationList { get; init; }

    /// <summary>Most intermediates in a path, self-issued ones not counted, from 0 to 10. Default: 10.</summary>
    public int MaxIntermediates { get; init; } = PathSearch.MaxIntermediates;

    /// <summary>How far a path must follow RFC 5280. Default: <see cref="ChainStrictness.Practical"/>.</summary>
    public ChainStrictness Strictness { get; init; }

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (!Enum.IsDefined(Purpose))
            problems.Add($"{nameof(Purpose)} is no defined value: {(int)Purpose}.");
        if (ExpiryWarningPeriod < TimeSpan.Zero)
            problems.Add($"{nameof(ExpiryWarningPeriod)} must not be negative, but is {ExpiryWarningPeriod}.");
        if ((AllowedWeakAlgorithms & ~(WeakAlgorithms.Md5Signatures | WeakAlgorithms.Sha1Signatures | WeakAlgorithms.Rsa1024Keys)) != 0)
            problems.Add($"{nameof(AllowedWeakAlgorithms)} has undefined bits: {(int)AllowedWeakAlgorithms}.");
        if (RevocationLists.IsDefault)
            problems.Add($"{nameof(RevocationLists)} must not be a default array.");
        if (!Enum.IsDefined(MissingRevocationList) || !Enum.IsDefined(StaleRevocationList))
            problems.Add($"{nameof(MissingRevocationList)} and {nameof(StaleRevocationList)} must be defined values.");
        if (MaxIntermediates is < 0 or > PathSearch.MaxIntermediates)
            problems.Add($"{nameof(MaxIntermediates)} must be from 0 to {PathSearch.MaxIntermediates}, but is {MaxIntermediates}.");
        if (!Enum.IsDefined(Strictness))
            problems.Add($"{nameof(Strictness)} is no defined value: {(int)Strictness}.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(TrustBundleOptions)}: {string.Join(' ', problems)}");
    }
}
