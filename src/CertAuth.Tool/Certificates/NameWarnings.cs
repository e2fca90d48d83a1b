using CertAuth.Names;

namespace CertAuth.Tool.Certificates;

/// <summary>Finds names that another system confuses with others, because it compares a text.</summary>
internal static class NameWarnings
{
    private static readonly (NameFormat Form, string Systems)[] s_otherFormats =
    [
        (NameFormat.OpenSsl3, "MySQL and MariaDB (OpenSSL) compare"),
        (NameFormat.Tidb, "TiDB compares"),
    ];

    internal static IEnumerable<CertificateWarning> Find(string field, ReadOnlyMemory<byte> encodedName)
    {
        if (!DistinguishedName.TryParseDer(encodedName.Span, out DistinguishedName? name, out NameError error))
        {
            yield return new($"malformed_{field}", $"The {field} is malformed: no requirement on it is ever met. {error}");
            yield break;
        }

        if (name.Rdns.IsEmpty)
        {
            yield return new($"empty_{field}", $"The {field} is empty: no clause can require it.");
            yield break;
        }

        foreach ((NameFormat format, string systems) in s_otherFormats)
        {
            // The canonical form is injective: where the other text, read as one, is the same name, nothing got lost.
            if (DistinguishedName.TryFormatDer(encodedName.Span, format, out string? text, out _)
                && !(DistinguishedName.TryParse(text, out DistinguishedName? back, out _) && back.Equals(name)))
            {
                yield return new($"ambiguous_{field}", $"{systems} the {field} as {Quote(text)}, which other names print as, too.");
            }
        }
    }

    private static string Quote(string text) => text.Length == 0 ? "an empty text" : text;
}
