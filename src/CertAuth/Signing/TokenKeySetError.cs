using System.Collections.Immutable;

namespace CertAuth.Signing;

/// <summary>The reason why a JWK set is rejected.</summary>
/// <remarks>The default value means that there is no error. Equal if all properties are equal, where the warnings are compared by
/// reference.</remarks>
public readonly record struct TokenKeySetError
{
    // More would be too long for one line of a log.
    private const int MaxShownWarnings = 3;

    private readonly ImmutableArray<TokenKeyWarning> _warnings;

    internal TokenKeySetError(TokenKeySetErrorKind kind, int index, ImmutableArray<TokenKeyWarning> warnings) =>
        (Kind, Index, _warnings) = (kind, index, warnings);

    /// <summary>Gets the kind of the error; <see cref="TokenKeySetErrorKind.None"/> if there is no error.</summary>
    public TokenKeySetErrorKind Kind { get; }

    /// <summary>Gets the position in the set, from 0, of the second of two keys with the same <c>kid</c>; 0 for other errors.</summary>
    public int Index { get; }

    /// <summary>Gets a warning for each key that cannot be used, in the order of the set. Empty if the set is malformed or larger than 1
    /// MiB. Keys after a repeated <c>kid</c>, and keys after the first 10,000, are not read.</summary>
    public ImmutableArray<TokenKeyWarning> Warnings => _warnings.IsDefault ? [] : _warnings;

    /// <summary>Returns sentences that state the error and the first three keys that cannot be used: one line for a log, control characters
    /// escaped.</summary>
    public override string ToString()
    {
        string sentence = Kind switch
        {
            TokenKeySetErrorKind.None => "No error.",
            TokenKeySetErrorKind.TooLarge => "The JWK set exceeds a limit: 1 MiB or 10,000 keys.",
            TokenKeySetErrorKind.Malformed =>
                "The JWK set is not strict JSON, is nested more than 32 levels deep, or is neither an object with a \"keys\" array "
                + "(RFC 7517, 5) nor a single key.",
            TokenKeySetErrorKind.RepeatedKeyId =>
                $"Key {Index} has the same kid as an earlier key of the JWK set. Give each key a kid of its own.",
            TokenKeySetErrorKind.NoUsableKey => "The JWK set has no usable key.",
            _ => $"The JWK set has an error with the number {(int)Kind}.",
        };
        IEnumerable<string> sentences = Warnings.Take(MaxShownWarnings).Select(warning => warning.ToString()).Prepend(sentence);
        int more = Warnings.Length - MaxShownWarnings;
        return string.Join(' ', more > 0 ? sentences.Append($"Further unusable keys: {more}.") : sentences);
    }
}
