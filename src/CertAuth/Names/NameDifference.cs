using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>Describes the first difference between two names.</summary>
internal static class NameDifference
{
    /// <summary>Describes the difference for an operator, with the number of the RDN, counted from 1. Returns null if the names are
    /// equal.</summary>
    internal static string? Explain(
        ImmutableArray<RelativeDistinguishedName> required, ImmutableArray<RelativeDistinguishedName> presented)
    {
        int common = Math.Min(required.Length, presented.Length);
        for (int i = 0; i < common; i++)
        {
            if (!required[i].Equals(presented[i]))
                return Explain(i + 1, required[i], presented[i]);
        }

        if (required.Length > common)
            return $"RDN {common + 1}: {required[common]} is missing";
        if (presented.Length > common)
            return $"RDN {common + 1}: {presented[common]} is unexpected";
        return null;
    }

    private static string Explain(int number, RelativeDistinguishedName required, RelativeDistinguishedName presented)
    {
        NameAttribute? missing = FindFirstNotIn(required.Attributes, presented.Attributes);
        NameAttribute? extra = FindFirstNotIn(presented.Attributes, required.Attributes);
        return (missing, extra) switch
        {
            ({ } wanted, { } found) => $"RDN {number}: {wanted} is required, {found} is presented",
            ({ } wanted, null) => $"RDN {number}: {wanted} is missing",
            (null, { } found) => $"RDN {number}: {found} is unexpected",
            _ => $"RDN {number}: {required} is required, {presented} is presented",
        };
    }

    private static NameAttribute? FindFirstNotIn(ImmutableArray<NameAttribute> attributes, ImmutableArray<NameAttribute> others)
    {
        List<NameAttribute> remaining = [.. others];
        return attributes.FirstOrDefault(attribute => !remaining.Remove(attribute));
    }
}
