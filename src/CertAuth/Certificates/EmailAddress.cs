using System.Buffers;
using System.Text;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>Parses and compares email addresses of the form <c>local@domain</c> in ASCII (RFC 5280, 4.2.1.6).</summary>
internal static class EmailAddress
{
    // RFC 5322, 3.2.3: atext, and the dot of a dot-atom.
    private static readonly SearchValues<char> s_local =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>Returns the bytes of an address whose local part is a dot-atom (RFC 5321, 4.1.2) of at most 64 bytes and whose domain
    /// consists of labels of letters, digits and hyphens; otherwise, null.</summary>
    internal static byte[]? ParseOrNull(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        if (at < 0 || !IsLocalPart(text[..at]) || text[at..].Contains('_'))
            return null;
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return HostName.IsStrictlyValid(bytes.AsSpan(at + 1)) ? bytes : null;
    }

    /// <summary>Returns whether two addresses are equal (RFC 5280, 7.5): the local parts byte for byte, the domains without regard to ASCII
    /// case.</summary>
    internal static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int at = one.LastIndexOf((byte)'@') + 1;
        return one.Length == other.Length && one[..at].SequenceEqual(other[..at]) && Ascii.EqualsIgnoreCase(one[at..], other[at..]);
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local) => local.Length is > 0 and <= CertificateBounds.MaxEmailLocalPartLength
        && !local.ContainsAnyExcept(s_local) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);
}
