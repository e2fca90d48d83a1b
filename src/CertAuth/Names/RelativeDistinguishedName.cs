using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>A relative distinguished name (RDN): a set of one or more attributes (RFC 5280, 4.1.2.4).</summary>
/// <remarks>Two RDNs are equal if they have the same attributes, each the same number of times, in any order. Immutable. Safe for
/// concurrent use.</remarks>
public sealed class RelativeDistinguishedName : IEquatable<RelativeDistinguishedName>
{
    internal RelativeDistinguishedName(ImmutableArray<NameAttribute> attributes) => Attributes = attributes;

    /// <summary>Gets the attributes in the order of the encoding or the text; never empty.</summary>
    public ImmutableArray<NameAttribute> Attributes { get; }

    /// <inheritdoc/>
    public bool Equals(RelativeDistinguishedName? other)
    {
        if (other is null || other.Attributes.Length != Attributes.Length)
            return false;

        ulong matched = 0;
        foreach (NameAttribute attribute in Attributes)
        {
            int at = IndexOfUnmatched(other.Attributes, attribute, matched);
            if (at < 0)
                return false;
            matched |= 1UL << at;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RelativeDistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum, because the order of the attributes is not significant.
        int hash = Attributes.Length;
        foreach (NameAttribute attribute in Attributes)
            hash = unchecked(hash + attribute.GetHashCode());
        return hash;
    }

    /// <summary>Returns the RDN in canonical form, such as <c>CN=alice+UID=17</c>.</summary>
    public override string ToString() => string.Join('+', Attributes);

    private static int IndexOfUnmatched(ImmutableArray<NameAttribute> attributes, NameAttribute wanted, ulong matched)
    {
        for (int i = 0; i < attributes.Length; i++)
        {
            if ((matched & (1UL << i)) == 0 && attributes[i].Equals(wanted))
                return i;
        }

        return -1;
    }
}
