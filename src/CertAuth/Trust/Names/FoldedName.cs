using System.Text;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>Folds names to find issuers (RFC 5280, 7.1). Case, runs of spaces and string types are ignored.</summary>
/// <remarks>Used only to find possible issuers and to compare directory names with name constraints. The subject of a client is compared by
/// <see cref="DistinguishedName"/>, for which case and spaces are significant.</remarks>
internal static class FoldedName
{
    // Types and values are written in hexadecimal, so that they contain no separator.
    private const char AttributeSeparator = '+';

    /// <summary>The character that precedes each RDN in the folded form.</summary>
    internal const char RdnSeparator = '/';

    /// <summary>Returns the folded form, which is identical for names that compare equal; null if the name is malformed, empty or longer
    /// than <see cref="TrustBounds.MaxFoldedNameBytes"/>.</summary>
    internal static byte[]? FoldOrNull(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > TrustBounds.MaxFoldedNameBytes)
            return null;
        if (!DistinguishedName.TryParseDer(encodedName, out DistinguishedName? name, out _) || name.Rdns.IsEmpty)
            return null;

        StringBuilder folded = new(encodedName.Length * 2);
        foreach (RelativeDistinguishedName rdn in name.Rdns)
        {
            string[] attributes = [.. rdn.Attributes.Select(Fold)];
            Array.Sort(attributes, StringComparer.Ordinal);
            folded.Append(RdnSeparator).AppendJoin(AttributeSeparator, attributes);
        }

        return Encoding.ASCII.GetBytes(folded.ToString());
    }

    private static string Fold(NameAttribute attribute)
    {
        string type = Convert.ToHexString(attribute.OidBytes);
        if (attribute.Value is not { } value)
            return $"{type}#{Convert.ToHexString(attribute.EncodedBytes)}";

        string spaced = string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $"{type}={Convert.ToHexString(Encoding.UTF8.GetBytes(spaced.ToLowerInvariant()))}";
    }
}
