using System.Collections.Immutable;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Options for <see cref="JwsVerifier"/>.</summary>
/// <remarks>They are checked when a verifier is created. Two options are equal if all properties are equal; arrays are compared by
/// reference. Immutable; safe for concurrent use.</remarks>
public sealed record JwsOptions
{
    /// <summary>Gets the maximum length of a token in bytes, from 1,024 to 65,536. Default: 16,384.</summary>
    public int MaxTokenLength { get; init; } = AuthTokenBounds.DefaultMaxTokenLength;

    /// <summary>Gets the allowed signature algorithms; at least one. Default: all that <see cref="SignatureAlgorithm"/>
    /// defines.</summary>
    public ImmutableArray<SignatureAlgorithm> Algorithms { get; init; } = SignatureScheme.TokenAlgorithms;

    /// <summary>Returns a sentence for each option that is out of range.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (MaxTokenLength is < AuthTokenBounds.MinTokenLengthLimit or > AuthTokenBounds.MaxTokenLengthLimit)
        {
            yield return $"{nameof(MaxTokenLength)} must be from {AuthTokenBounds.MinTokenLengthLimit} to "
                + $"{AuthTokenBounds.MaxTokenLengthLimit}, but is {MaxTokenLength}.";
        }

        if (Algorithms.IsDefaultOrEmpty || Algorithms.Any(a => !SignatureScheme.TokenAlgorithms.Contains(a)))
            yield return $"{nameof(Algorithms)} must contain at least one algorithm, and only defined algorithms.";
    }
}
