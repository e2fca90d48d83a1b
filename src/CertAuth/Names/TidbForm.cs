using System.Collections.Immutable;
using System.Text;

namespace CertAuth.Names;

/// <summary>Formats names as TiDB compares them: only ten attribute types, without the boundaries of RDNs and without escapes.</summary>
internal static class TidbForm
{
    /// <summary>Formats a name. The result is empty if the name has none of the ten types.</summary>
    internal static string Format(ImmutableArray<RelativeDistinguishedName> rdns)
    {
        StringBuilder output = new();
        foreach (RelativeDistinguishedName rdn in rdns)
        {
            foreach (NameAttribute attribute in rdn.Attributes)
            {
                if (FormatType(attribute.Type) is { } type && attribute.Value is { } value)
                    output.Append('/').Append(type).Append('=').Append(value);
            }
        }

        return output.ToString();
    }

    private static string? FormatType(string type) => type switch
    {
        "C" or "ST" or "L" or "O" or "OU" or "CN" or "emailAddress" => type,
        "serialNumber" => "SERIALNUMBER",
        "street" => "STREET",
        "postalCode" => "POSTALCODE",
        _ => null,
    };
}
