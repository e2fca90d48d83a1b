using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Reads one byte as a number, rejects an empty file, and throws for the byte 255.</summary>
internal sealed class TextReader : IMaterialReader<string>
{
    public string Kind => "text";

    public int MaxBytes => 10;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<string>? material,
        [NotNullWhen(false)] out string? problem)
    {
        ReadOnlySpan<byte> file = files[0].Span;
        if (file is [0xFF])
            throw new InvalidOperationException("A reader that throws.");

        material = file.IsEmpty ? null : new(file[0].ToString(CultureInfo.InvariantCulture));
        problem = file.IsEmpty ? "It is empty." : null;
        return !file.IsEmpty;
    }
}
