using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Reads a JWK Set.</summary>
internal sealed class KeySetReader : IMaterialReader<VerificationKeySet>
{
    private const int MaxShownKeys = 20;

    public string Kind => "key-set";

    public int MaxOctets => VerificationKeySet.MaxOctets;

    public VerificationKeySet? TooOld => VerificationKeySet.TooOld;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<VerificationKeySet>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = VerificationKeySet.TryParse(files[0].Span, out VerificationKeySet? keys, out KeySetErrorKind error, out var warnings);
        problem = isRead ? null : VerificationKeySet.Describe(error, warnings);
        material = !isRead ? null : new(keys!)
        {
            Description = $"keys ({keys!.Count}): {string.Join(", ", keys.KeyIds.Take(MaxShownKeys))}",
            Warnings = [.. warnings.Select(w => w.ToString())],
        };
        return isRead;
    }
}
