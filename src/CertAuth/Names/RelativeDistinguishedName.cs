using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>One step of a distinguished name: a set of one or more attributes (RFC 5280, 4.1.2.4).</summary>
/// <remarks>Equal when both hold the same attributes, each as many times, in any order. Immutable; safe for concurrent use.</remarks>
public sealed class RelativeDistinguishedName : IEquatable<RelativeDistinguishedName>
{
    /// <summary>Most attributes in one RDN that are read. Real names have one, rarely two.</summary>
    internal const int MaxAttributes = 64;

    internal RelativeDistinguishedName(ImmutableArray<NameAttribute> attributes) => Attributes = attributes;

    /// <summary>The attributes, in the order in which they were encoded or written; never empty.</summary>
    public ImmutableArray<NameAttribute> Attributes { get; }

    /// <inheritdoc/>
    public bool Equals(RelativeDistinguishedName? other)
    {
        if (other is null || other.Attributes.Length != Attributes.Length)
            return false;

        ulong taken = 0;
        foreach (NameAttribute attribute in Attributes)
        {
            int at = IndexOfFree(other.Attributes, attribute, taken);
            if (at < 0)
                return false;
            taken |= 1UL << at;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RelativeDistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum: the order of the attributes doesn't count.
        int hash = Attributes.Length;
        foreach (NameAttribute attribute in Attributes)
            hash = unchecked(hash + attribute.GetHashCode());
        return hash;
    }

    /// <summary>The RDN in canonical form, such as <c>CN=alice+UID=17</c>.</summary>
    public override string ToString() => string.Join('+', Attributes);

    private static int IndexOfFree(ImmutableArray<NameAttribute> attributes, NameAttribute wanted, ulong taken)
    {
        for (int i = 0; i < attributes.Length; i++)
        {
            if ((taken & (1UL << i)) == 0 && attributes[i].Equals(wanted))
                return i;
        }

        return -1;
    }
}
