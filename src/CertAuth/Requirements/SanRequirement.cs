using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>Required subject alternative names, such as <c>DNS:d1,URI:spiffe://example.org/a,URI:spiffe://example.org/b</c>.</summary>
/// <remarks>Each type that is named must be met; within a type any one item suffices. Equal when the items are equal, in order.
/// Immutable; safe for concurrent use.</remarks>
public sealed class SanRequirement : IEquatable<SanRequirement>
{
    /// <summary>Longest text that is read, in UTF-16 code units.</summary>
    internal const int MaxLength = 65_536;

    /// <summary>Most items. They are compared one by one with each name of a certificate.</summary>
    internal const int MaxItems = 512;

    private readonly int _requiredKinds;

    internal SanRequirement(ImmutableArray<SanRequirementItem> items)
    {
        Items = items;
        _requiredKinds = items.Aggregate(0, (kinds, item) => kinds | Bit(item.Kind));
    }

    /// <summary>The items, in the order in which they were written; at least one.</summary>
    public ImmutableArray<SanRequirementItem> Items { get; }

    /// <summary>Reads items joined by commas; white space around items, types and values is dropped.</summary>
    /// <param name="text">At most 65,536 characters; \, is a comma and \\ a backslash.</param>
    /// <param name="requirement">The requirement, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SanRequirement? requirement, out SanError error)
    {
        requirement = null;
        error = text.Length > MaxLength ? new(SanErrorKind.TooLong, MaxLength) : default;
        if (error.Kind != SanErrorKind.None)
            return false;

        ImmutableArray<SanRequirementItem> items = new SanRequirementParser(text).Parse(out error);
        if (error.Kind == SanErrorKind.None)
            requirement = new(items);

        // An address may print longer than it was written.
        if (text.Length > MaxLength / 2 && requirement?.ToString().Length > MaxLength)
        {
            requirement = null;
            error = new(SanErrorKind.TooLong, text.Length);
        }

        return requirement is not null;
    }

    /// <summary>Reads the items, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no requirement; the message says why and where.</exception>
    public static SanRequirement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out SanRequirement? requirement, out SanError error) ? requirement : throw new FormatException(error.ToString());
    }

    /// <summary>Determines whether a certificate has the required names. Allocates nothing; linear in the number of its names.</summary>
    /// <param name="certificate">The verified certificate.</param>
    /// <returns>true if the certificate has the required names; false if it does not, or if its extension is absent, malformed or
    /// repeated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is null.</exception>
    public bool IsMetBy(VerifiedCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.SanState == SanState.Present && Matches(certificate.SanExtension);
    }

    /// <inheritdoc/>
    public bool Equals(SanRequirement? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SanRequirement);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (SanRequirementItem item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The text that <see cref="TryParse"/> reads back to an equal requirement.</summary>
    public override string ToString() => string.Join(',', Items);

    internal bool Matches(ReadOnlySpan<byte> wellFormedExtension)
    {
        int missing = _requiredKinds;
        SanReader names = new(wellFormedExtension);
        while (missing != 0 && names.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            if ((missing & Bit(kind)) != 0 && MatchesAnyItem(kind, bytes))
                missing &= ~Bit(kind);
        }

        return missing == 0;
    }

    private bool MatchesAnyItem(SanKind kind, ReadOnlySpan<byte> bytes)
    {
        foreach (SanRequirementItem item in Items.AsSpan())
        {
            if (item.Kind == kind && item.Matches(bytes))
                return true;
        }

        return false;
    }

    private static int Bit(SanKind kind) => 1 << (int)kind;
}
