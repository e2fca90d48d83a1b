using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Reads a JWK set. If it becomes stale, an empty set replaces it.</summary>
internal sealed class TokenKeySetReader : IMaterialReader<TokenKeySet>
{
    public string Kind => "jwk-set";

    public int MaxBytes => SigningBounds.MaxKeySetBytes;

    public TokenKeySet? StaleFallback => TokenKeySet.Empty;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<TokenKeySet>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = TokenKeySet.TryParse(files[0].Span, out TokenKeySet? keys, out TokenKeySetError error);
        problem = isRead ? null : error.ToString();
        material = !isRead ? null : new(keys!)
        {
            Description = $"keys ({keys!.Count}): {string.Join(", ", keys.KeyIds.Take(ReloadBounds.MaxShownKeys))}",
            Warnings = [.. keys.Warnings.Select(w => w.ToString())],
        };
        return isRead;
    }
}
