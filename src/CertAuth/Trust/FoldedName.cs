using System.Text;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>Folds names for the search of issuers (RFC 5280, 7.1): case, runs of spaces and string types are ignored.</summary>
/// <remarks>Only used to find possible issuers. The identity of a client is compared by <see cref="DistinguishedName"/>, which ignores none
/// of them.</remarks>
internal static class FoldedName
{
    /// <summary>The maximum length, in bytes, of a name that is folded. A CA with a longer name cannot issue certificates.</summary>
    /// <remarks>Bounds the work that a peer without a CA can cause: two names in each of 64 certificates.</remarks>
    internal const int MaxBytes = 2048;

    // Types and values are written in hexadecimal, so that they contain no separator.
    private const char AttributeSeparator = '+';

    /// <summary>The character with which each RDN begins in the folded form.</summary>
    internal const char RdnSeparator = '/';

    /// <summary>Returns bytes that are equal for names that compare equal; null if the name is malformed, empty or longer than
    /// <see cref="MaxBytes"/>.</summary>
    internal static byte[]? FoldOrNull(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > MaxBytes)
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
