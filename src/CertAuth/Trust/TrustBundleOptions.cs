using System.Collections.Immutable;

namespace CertAuth.Trust;

/// <summary>Options for a <see cref="TrustBundle"/>. Immutable; validated when a bundle is created.</summary>
public sealed record TrustBundleOptions
{
    /// <summary>Gets the clock for validity periods. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets the kind of peer that is verified. Default: <see cref="CertificatePurpose.ClientAuthentication"/>.</summary>
    public CertificatePurpose Purpose { get; init; }

    /// <summary>Gets the period before the expiration of an anchor in which <see cref="TrustBundle.GetWarnings"/> reports it; not negative.
    /// Default: 30 days.</summary>
    public TimeSpan ExpiryWarningPeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the weak algorithms that are allowed. Default: <see cref="WeakAlgorithms.None"/>.</summary>
    public WeakAlgorithms AllowedWeakAlgorithms { get; init; }

    /// <summary>Gets a value that indicates whether self-issued certificates of X.509 version 1 in the bundle may issue certificates. Such
    /// a certificate cannot state that it is a CA. Default: false.</summary>
    public bool AllowVersion1Anchors { get; init; }

    /// <summary>Gets a value that indicates whether a peer may authenticate with a CA certificate. Default: false.</summary>
    public bool AllowCaAsLeaf { get; init; }

    /// <summary>Gets the contents of revocation list files. Each is PEM (one or more blocks) or DER of at most 64 MiB; together, they
    /// contain at most 1,024 lists. Default: empty: revocation is not checked.</summary>
    /// <remarks>If there is at least one list, each issuer in a path needs a list; see <see cref="MissingRevocationList"/>.</remarks>
    public ImmutableArray<ReadOnlyMemory<byte>> RevocationLists { get; init; } = [];

    /// <summary>Gets the verdict on a path with an issuer that has no usable revocation list, if <see cref="RevocationLists"/> is not
    /// empty. Default: <see cref="RevocationListPolicy.Reject"/>.</summary>
    public RevocationListPolicy MissingRevocationList { get; init; }

    /// <summary>Gets the verdict on a path with an issuer whose revocation list is past its nextUpdate. Default:
    /// <see cref="RevocationListPolicy.Reject"/>.</summary>
    public RevocationListPolicy StaleRevocationList { get; init; }

    /// <summary>Gets the maximum number of intermediates in a path, from 0 to 10. Self-issued intermediates are not counted, but a path
    /// never has more than 10 intermediates in total. Default: 10.</summary>
    public int MaxIntermediates { get; init; } = TrustBounds.MaxIntermediates;

    /// <summary>Gets how closely a path must follow RFC 5280. Default: <see cref="ChainStrictness.Practical"/>.</summary>
    public ChainStrictness Strictness { get; init; }

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (!Enum.IsDefined(Purpose))
            problems.Add($"{nameof(Purpose)} must be a defined value, but is {(int)Purpose}.");
        if (ExpiryWarningPeriod < TimeSpan.Zero)
            problems.Add($"{nameof(ExpiryWarningPeriod)} must not be negative, but is {ExpiryWarningPeriod}.");
        if ((AllowedWeakAlgorithms & ~(WeakAlgorithms.Md5Signatures | WeakAlgorithms.Sha1Signatures | WeakAlgorithms.Rsa1024Keys)) != 0)
            problems.Add($"{nameof(AllowedWeakAlgorithms)} has undefined bits: {(int)AllowedWeakAlgorithms}.");
        if (RevocationLists.IsDefault)
            problems.Add($"{nameof(RevocationLists)} must not be a default array.");
        if (!Enum.IsDefined(MissingRevocationList) || !Enum.IsDefined(StaleRevocationList))
            problems.Add($"{nameof(MissingRevocationList)} and {nameof(StaleRevocationList)} must be defined values.");
        if (MaxIntermediates is < 0 or > TrustBounds.MaxIntermediates)
            problems.Add($"{nameof(MaxIntermediates)} must be from 0 to {TrustBounds.MaxIntermediates}, but is {MaxIntermediates}.");
        if (!Enum.IsDefined(Strictness))
            problems.Add($"{nameof(Strictness)} must be a defined value, but is {(int)Strictness}.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(TrustBundleOptions)}: {string.Join(' ', problems)}");
    }
}
