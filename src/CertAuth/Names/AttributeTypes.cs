using System.Reflection;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>The names of attribute types: OpenSSL's short names and, for parsing, the spellings of other systems.</summary>
internal static class AttributeTypes
{
    /// <summary>Spellings that are parsed and never printed: those of TiDB and .NET, and the long names of X.520 and RFC 4519.</summary>
    private static readonly (string Alias, string ShortName)[] s_aliases =
    [
        ("S", "ST"), ("E", "emailAddress"), ("email", "emailAddress"), ("G", "GN"), ("T", "title"), ("I", "initials"),
        ("POBox", "postOfficeBox"), ("Phone", "telephoneNumber"), ("X21Address", "x121Address"),
        ("countryName", "C"), ("stateOrProvinceName", "ST"), ("localityName", "L"), ("organizationName", "O"),
        ("organizationalUnitName", "OU"), ("commonName", "CN"), ("surname", "SN"), ("givenName", "GN"), ("streetAddress", "street"),
        ("domainComponent", "DC"), ("userId", "UID"),
    ];

    private static readonly Lazy<Table> s_table = new(Table.Load);

    /// <summary>Gets OpenSSL's short name of a type. Returns false if it has none, or one that contains a slash.</summary>
    internal static bool TryGetShortName(ReadOnlySpan<byte> oid, out string? name) =>
        TryGetOpenSslName(oid, out name) && !name!.Contains('/');

    /// <summary>Gets OpenSSL's short name of a type, even if it contains a slash. Returns false if it has none.</summary>
    internal static bool TryGetOpenSslName(ReadOnlySpan<byte> oid, out string? name)
    {
        Table table = s_table.Value;

        name = AttributeOids.TryGetX520Arc(oid, out byte arc) ? table.X520Names[arc] : table.FindOtherName(oid);
        return name is not null;
    }

    /// <summary>Returns the type as in the canonical form: the short name, or the complete dotted OID if there is none without a
    /// slash.</summary>
    internal static string Format(ReadOnlySpan<byte> oid) => TryGetShortName(oid, out string? name) ? name! : DerOid.Format(oid);

    /// <summary>Returns whether a character can occur in a type, which is a name or a dotted OID.</summary>
    internal static bool IsTypeCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    /// <summary>Finds a type by its exact name, then by a name that is unique if case is ignored, then by its dotted OID.</summary>
    /// <returns><see cref="NameErrorKind.None"/>, <see cref="NameErrorKind.AmbiguousType"/> or
    /// <see cref="NameErrorKind.UnknownType"/>.</returns>
    internal static NameErrorKind Find(ReadOnlySpan<char> type, out byte[] oid)
    {
        Table table = s_table.Value;
        if (table.OidByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out oid!))
            return NameErrorKind.None;
        if (table.OidByNameIgnoringCase.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out byte[]? found))
            return (oid = found!) is null ? NameErrorKind.AmbiguousType : NameErrorKind.None;

        ReadOnlySpan<char> dotted = type.StartsWith("OID.", StringComparison.OrdinalIgnoreCase) ? type[4..] : type;
        return (oid = DerOid.ParseOrNull(dotted)!) is null ? NameErrorKind.UnknownType : NameErrorKind.None;
    }

    private sealed class Table
    {
        // Sorted by object identifier.
        private readonly List<(byte[] Oid, string Name)> _otherNames = [];

        /// <summary>The names of the types below 2.5.4, by the last arc; null for an arc without a name.</summary>
        internal string?[] X520Names { get; } = new string?[AttributeOids.LastX520Arc + 1];

        internal Dictionary<string, byte[]> OidByName { get; } = new(StringComparer.Ordinal);

        /// <summary>The types by name, ignoring case. The value is null if two types share the name.</summary>
        internal Dictionary<string, byte[]?> OidByNameIgnoringCase { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Returns the name of a type that is not below 2.5.4; null if it has none.</summary>
        internal string? FindOtherName(ReadOnlySpan<byte> oid)
        {
            int low = 0;
            int high = _otherNames.Count - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                int order = oid.SequenceCompareTo(_otherNames[middle].Oid);
                if (order == 0)
                    return _otherNames[middle].Name;
                if (order < 0)
                    high = middle - 1;
                else
                    low = middle + 1;
            }

            return null;
        }

        internal static Table Load()
        {
            Table table = new();
            using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("AttributeTypes.tsv")
                ?? throw new InvalidOperationException("The attribute types are missing from the assembly.");
            using StreamReader reader = new(stream);
            while (reader.ReadLine() is { } line)
            {
                int tab = line.IndexOf('\t', StringComparison.Ordinal);
                byte[] oid = DerOid.ParseOrNull(line.AsSpan(0, tab))
                    ?? throw new InvalidOperationException("A row of the attribute types in the assembly is malformed.");
                string name = line[(tab + 1)..];
                if (AttributeOids.TryGetX520Arc(oid, out byte arc))
                    table.X520Names[arc] = name;
                else
                    table._otherNames.Add((oid, name));
                table.AddName(name, oid);
            }

            table._otherNames.Sort((one, other) => one.Oid.AsSpan().SequenceCompareTo(other.Oid));
            foreach ((string alias, string shortName) in s_aliases)
                table.AddName(alias, table.OidByName[shortName]);
            return table;
        }

        private void AddName(string name, byte[] oid)
        {
            OidByName.Add(name, oid);
            if (!OidByNameIgnoringCase.TryAdd(name, oid))
                OidByNameIgnoringCase[name] = null;
        }
    }
}
