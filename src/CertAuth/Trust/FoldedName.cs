using System.Text;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>A name folded for the search of issuers (RFC 5280, 7.1): case and runs of spaces don't count, string types neither.</summary>
/// <remarks>For finding candidates only; who a client is, is decided by <see cref="DistinguishedName"/>, in which they count.</remarks>
internal static class FoldedName
{
    /// <summary>Longest name in octets that is folded; longer ones are equal when their octets are.</summary>
    internal const int MaxOctets = 8192;

    /// <summary>Octets that are equal for names that compare equal; null for a malformed or an empty name, which issues nothing.</summary>
    internal static byte[]? Fold(ReadOnlySpan<byte> encodedName)
    {
        if (encodedName.Length > MaxOctets)
            return DistinguishedName.IsWellFormedDer(encodedName) ? encodedName.ToArray() : null;
        if (!DistinguishedName.TryReadDer(encodedName, out DistinguishedName? name, out _) || name.Rdns.IsEmpty)
            return null;

        StringBuilder folded = new(encodedName.Length);
        foreach (RelativeDistinguishedName rdn in name.Rdns)
        {
            string[] attributes = [.. rdn.Attributes.Select(Fold)];
            Array.Sort(attributes, StringComparer.Ordinal);
            folded.Append('\u0001').AppendJoin('\u0002', attributes);
        }

        return Encoding.UTF8.GetBytes(folded.ToString());
    }

    // Control characters in values are escaped, so that the separators above can't be forged.
    private static string Fold(NameAttribute attribute)
    {
        if (attribute.Value is not { } value)
            return $"{attribute.Oid}#{Convert.ToHexString(attribute.EncodedOctets)}";

        string spaced = string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $"{attribute.Oid}={NameAttribute.FromText(attribute.OidOctets, Encoding.UTF8.GetBytes(spaced.ToLowerInvariant()))}";
    }
}
