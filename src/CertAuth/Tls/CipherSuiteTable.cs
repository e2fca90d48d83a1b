using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net.Security;
using System.Text;

namespace CertAuth.Tls;

/// <summary>Both names of one suite; <paramref name="OpenSsl"/> is null where OpenSSL has none.</summary>
internal readonly record struct CipherSuiteNames(string Iana, string? OpenSsl);

/// <summary>The members of <see cref="TlsCipherSuite"/> and, from <c>CipherSuites.tsv</c>, OpenSSL's names for them. Immutable.</summary>
internal sealed class CipherSuiteTable
{
    private const string ResourceName = "CipherSuites.tsv";

    private readonly FrozenDictionary<TlsCipherSuite, CipherSuiteNames> _names;
    private readonly FrozenDictionary<string, TlsCipherSuite> _suites;

    // By code point, OpenSSL's name before IANA's: of several names equally near, the first is suggested.
    private readonly ImmutableArray<string> _allNames;

    private CipherSuiteTable(SortedDictionary<TlsCipherSuite, CipherSuiteNames> names)
    {
        // A TLS 1.3 suite has one name everywhere. Two suites of one name would be a mistake in the table: ToDictionary throws.
        (string Name, TlsCipherSuite Suite)[] all =
            [.. names.SelectMany(n => new[] { n.Value.OpenSsl ?? n.Value.Iana, n.Value.Iana }.Distinct().Select(name => (name, n.Key)))];
        _names = names.ToFrozenDictionary();
        _suites = all.ToDictionary(n => n.Name, n => n.Suite, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _allNames = [.. all.Select(n => n.Name)];
    }

    internal static CipherSuiteTable Load()
    {
        SortedDictionary<TlsCipherSuite, CipherSuiteNames> names = [];
        foreach (TlsCipherSuite suite in Enum.GetValues<TlsCipherSuite>())
            names[suite] = new(suite.ToString(), null);

        using Stream resource = typeof(CipherSuiteTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing; embed it in the assembly.");
        using StreamReader reader = new(resource, Encoding.UTF8);
        reader.ReadLine(); // The header: code, iana, openssl.
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            ushort code = ushort.Parse(fields[0].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            names[(TlsCipherSuite)code] = new(fields[1], fields[2]);
        }

        return new(names);
    }

    internal bool TryGetNames(TlsCipherSuite suite, out CipherSuiteNames names) => _names.TryGetValue(suite, out names);

    // Names are ASCII. The check keeps out what Unicode's case mapping would take for an ASCII letter.
    internal bool TryGetSuite(ReadOnlySpan<char> name, out TlsCipherSuite suite)
    {
        suite = default;
        return Ascii.IsValid(name) && _suites.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out suite);
    }

    /// <summary>The known name with the least edit distance, ASCII case aside; the caller bounds the length of the name.</summary>
    internal string FindNearestName(ReadOnlySpan<char> name)
    {
        string nearest = _allNames[0];
        int least = int.MaxValue;
        foreach (string candidate in _allNames)
        {
            // The distance is never less than the difference in length.
            if (Math.Abs(candidate.Length - name.Length) >= least)
                continue;

            int distance = EditDistance.Between(name, candidate);
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }
}
