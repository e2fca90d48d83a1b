using System.Collections.Immutable;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Which signed tokens are taken at all. Immutable; checked when a verifier is built.</summary>
public sealed record JwsOptions
{
    /// <summary>Smallest and largest value of <see cref="MaxTokenLength"/>.</summary>
    internal const int MinLimit = 1024, MaxLimit = 64 * 1024;

    /// <summary>The default value of <see cref="MaxTokenLength"/>.</summary>
    internal const int DefaultMaxTokenLength = 16 * 1024;

    /// <summary>Longest token in octets, from 1,024 to 65,536. Default: 16,384.</summary>
    public int MaxTokenLength { get; init; } = DefaultMaxTokenLength;

    /// <summary>The algorithms that are allowed; at least one. Default: all nine.</summary>
    public ImmutableArray<SignatureAlgorithm> Algorithms { get; init; } = SignatureAlgorithmInfo.All;

    internal IEnumerable<string> FindProblems()
    {
        if (MaxTokenLength is < MinLimit or > MaxLimit)
            yield return $"{nameof(MaxTokenLength)} must be from {MinLimit} to {MaxLimit}, but is {MaxTokenLength}.";
        if (Algorithms.IsDefaultOrEmpty || Algorithms.Any(a => !SignatureAlgorithmInfo.All.Contains(a)))
            yield return $"{nameof(Algorithms)} must name one algorithm or more, each of them defined.";
    }
}
