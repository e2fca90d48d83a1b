using System.Text;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>A name folded for the search of issuers (RFC 5280, 7.1): case and runs of spaces don't count, string types neither.</summary>
/// <remarks>For finding candidates only; who a client is, is decided by <see cref="DistinguishedName"/>, in which they count.</remarks>
internal static class FoldedName
{
    /// <summary>Longest name in octets that is folded; a longer one issues nothing. Bounds what a peer without a CA can have done: two
    /// names in each of 64 certificates.</summary>
    internal const int MaxBytes = 2048;

    // Values and types are in hex below, so that none can forge a separator.
    private const char AttributeSeparator = '+';

    /// <summary>What each RDN begins with in the folded form.</summary>
    internal const char RdnSeparator = '/';

    /// <summary>Octets that are equal for names that compare equal; null for a malformed, an empty or a huge name, which issues
    /// nothing.</summary>
    internal static byte[]? FoldOrNull(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > MaxBytes)
            return null;
        if (!DistinguishedName.TryParseDer(encodedName, out DistinguishedName? name, out _) || name.Rdns.IsEmpty)
            return null;

        StringBuilder folded = new(encodedName.Length * 2);
        foreach (RelativeDistinguishedName rdn in name.Rdns)
        {
            string[] attributes = [.. rdn.Attributes.Select(FoldOrNull)];
            Array.Sort(attributes, StringComparer.Ordinal);
            folded.Append(RdnSeparator).AppendJoin(AttributeSeparator, attributes);
        }

        return Encoding.ASCII.GetBytes(folded.ToString());
    }

    private static string FoldOrNull(NameAttribute attribute)
    {
        string type = Convert.ToHexString(attribute.OidBytes);
        if (attribute.Value is not { } value)
            return $"{type}#{Convert.ToHexString(attribute.EncodedBytes)}";

        string spaced = string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $"{type}={Convert.ToHexString(Encoding.UTF8.GetBytes(spaced.ToLowerInvariant()))}";
    }
}
