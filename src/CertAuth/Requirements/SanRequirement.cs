using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>The subject alternative names that a certificate must have, such as
/// <c>DNS:d1,URI:spiffe://example.org/a,URI:spiffe://example.org/b</c>.</summary>
/// <remarks>Items of the same type are alternatives: for each type that the requirement contains, a certificate must have a name that
/// satisfies at least one item of that type. Two requirements are equal if they have equal items in the same order. Immutable; safe for
/// concurrent use.</remarks>
public sealed class SanRequirement : IEquatable<SanRequirement>
{
    private readonly int _requiredKinds;

    internal SanRequirement(ImmutableArray<SanRequirementItem> items)
    {
        Items = items;
        _requiredKinds = items.Aggregate(0, (kinds, item) => kinds | Bit(item.Kind));
    }

    /// <summary>Gets the items in the order of the text; at least one.</summary>
    public ImmutableArray<SanRequirementItem> Items { get; }

    /// <summary>Parses items of the form <c>type:value</c>, separated by commas. The types are URI, DNS, IP (or IP Address, as OpenSSL
    /// prints it) and EMAIL, in any case.</summary>
    /// <remarks>Spaces and tabs around items, types and values are ignored. In a value, <c>\,</c> is a comma and <c>\\</c> is a backslash.
    /// A value consists of printable ASCII characters.</remarks>
    /// <param name="text">The text, at most 65,536 characters and 512 items.</param>
    /// <param name="requirement">The requirement, or null on failure.</param>
    /// <param name="error">The first error; no error on success.</param>
    /// <returns>true if the text was parsed; otherwise, false.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SanRequirement? requirement, out SanError error)
    {
        requirement = null;
        error = text.Length > RequirementBounds.MaxSanLength ? new(SanErrorKind.TooLong, RequirementBounds.MaxSanLength) : default;
        if (error.Kind != SanErrorKind.None)
            return false;

        ImmutableArray<SanRequirementItem> items = new SanRequirementParser(text).Parse(out error);
        if (error.Kind == SanErrorKind.None)
            requirement = new(items);

        // The canonical form of an address may be longer than the parsed one.
        if (text.Length > RequirementBounds.MaxSanLength / 2 && requirement?.ToString().Length > RequirementBounds.MaxSanLength)
        {
            requirement = null;
            error = new(SanErrorKind.TooLong, text.Length);
        }

        return requirement is not null;
    }

    /// <summary>Parses items as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text, at most 65,536 characters and 512 items.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is malformed. The message is the error's sentence.</exception>
    public static SanRequirement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out SanRequirement? requirement, out SanError error)
            ? requirement
            : throw new FormatException(error.ToString());
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

    /// <summary>Returns the text in canonical form, which <see cref="TryParse"/> parses to an equal requirement.</summary>
    public override string ToString() => string.Join(',', Items);

    /// <summary>Determines whether a well-formed extension has the required names.</summary>
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
