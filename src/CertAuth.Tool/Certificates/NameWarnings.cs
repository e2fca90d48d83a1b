using CertAuth.Names;

namespace CertAuth.Tool.Certificates;

/// <summary>Finds names that no clause can require, and names that another system cannot distinguish from others because it
/// compares names as text.</summary>
internal static class NameWarnings
{
    private static readonly (NameFormat Format, string Systems)[] s_otherFormats =
    [
        (NameFormat.OpenSsl3, "MySQL and MariaDB (OpenSSL) compare"),
        (NameFormat.Tidb, "TiDB compares"),
    ];

    internal static IEnumerable<CertificateWarning> Find(string field, ReadOnlyMemory<byte> encodedName)
    {
        if (!DistinguishedName.TryParseDer(encodedName.Span, out DistinguishedName? name, out NameError error))
        {
            yield return new($"malformed_{field}", $"The {field} is malformed, so it never meets a requirement. {error}");
            yield break;
        }

        if (name.Rdns.IsEmpty)
        {
            yield return new($"empty_{field}", $"The {field} is empty, so no clause can require it.");
            yield break;
        }

        foreach ((NameFormat format, string systems) in s_otherFormats)
        {
            // The canonical format is injective: if the other text, parsed as canonical, gives the same name, it is unambiguous.
            if (DistinguishedName.TryFormatDer(encodedName.Span, format, out string? text, out _)
                && !(DistinguishedName.TryParse(text, out DistinguishedName? back, out _) && back.Equals(name)))
            {
                yield return new(
                    $"ambiguous_{field}", $"{systems} the {field} as {FormatText(text)}, which is also the text of other names.");
            }
        }
    }

    private static string FormatText(string text) => text.Length == 0 ? "an empty text" : text;
}
