using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Reloading;

namespace CertAuth.Tests.Support;

/// <summary>Reads <c>text; from; until; warning; warning …</c> with times in days from a start. Rejects <c>!problem</c> and throws for
/// <c>?text</c>.</summary>
internal sealed class StubMaterialReader(DateTimeOffset start) : IMaterialReader<string>
{
    public string Kind => "note";

    public int MaxBytes => 10_000;

    public string? StaleFallback => "stale";

    /// <summary>An action that runs during each read.</summary>
    internal Action OnRead { get; set; } = () => { };

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<string>? material,
        [NotNullWhen(false)] out string? problem)
    {
        OnRead();
        string[] parts = Encoding.UTF8.GetString(files[0].Span).Split("; ");
        if (parts[0].StartsWith('?'))
            throw new FormatException(parts[0][1..]);

        problem = parts[0].StartsWith('!') ? parts[0][1..] : null;
        material = problem is not null ? null : new(parts[0])
        {
            Description = parts[0],
            ValidFrom = DayAt(parts, 1),
            ExpiresAt = DayAt(parts, 2),
            Warnings = [.. parts.Skip(3)],
        };
        return material is not null;
    }

    internal static byte[] Note(string text) => Encoding.UTF8.GetBytes(text);

    private DateTimeOffset? DayAt(string[] parts, int index) =>
        parts.Length > index && double.TryParse(parts[index], out double days) ? start.AddDays(days) : null;
}
