using System.Collections.Frozen;

namespace CertAuth.Testing;

/// <summary>The attribute types with a short name, and the string type that OpenSSL uses for each.</summary>
internal static class AttributeTypes
{
    private static readonly FrozenDictionary<string, string> s_oids = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["C"] = "2.5.4.6",
        ["ST"] = "2.5.4.8",
        ["L"] = "2.5.4.7",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["CN"] = "2.5.4.3",
        ["emailAddress"] = "1.2.840.113549.1.9.1",
        ["serialNumber"] = "2.5.4.5",
        ["street"] = "2.5.4.9",
        ["postalCode"] = "2.5.4.17",
        ["DC"] = "0.9.2342.19200300.100.1.25",
        ["UID"] = "0.9.2342.19200300.100.1.1",
        ["GN"] = "2.5.4.42",
        ["SN"] = "2.5.4.4",
        ["title"] = "2.5.4.12",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns the dotted OID of a short name (case-sensitive), or the OID itself if it is already dotted.</summary>
    internal static string ToOid(string type)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        if (s_oids.TryGetValue(type, out string? oid))
            return oid;
        if (char.IsAsciiDigit(type[0]))
            return type;

        string known = string.Join(' ', s_oids.Keys.Order(StringComparer.Ordinal));
        throw new ArgumentException($"'{type}' is not a known attribute type. Use its dotted OID or one of: {known}.", nameof(type));
    }

    /// <summary>Returns the string type that OpenSSL uses for an attribute type: UTF8String unless OpenSSL's string table requires another
    /// type.</summary>
    internal static TestStringType GetDefaultStringType(string oid) => oid switch
    {
        "2.5.4.6" or "2.5.4.5" => TestStringType.Printable,
        "1.2.840.113549.1.9.1" or "0.9.2342.19200300.100.1.25" => TestStringType.Ia5,
        _ => TestStringType.Utf8,
    };
}
