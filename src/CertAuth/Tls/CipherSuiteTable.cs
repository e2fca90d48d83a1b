using System.Globalization;
using System.Net.Security;
using System.Text;

namespace CertAuth.Tls;

/// <summary>A suite and both its names; <paramref name="OpenSsl"/> is null where OpenSSL has none.</summary>
internal sealed record CipherSuiteNames(TlsCipherSuite Suite, string Iana, string? OpenSsl);

/// <summary>The members of <see cref="TlsCipherSuite"/> and, from <c>CipherSuites.tsv</c>, OpenSSL's names for them. Immutable.</summary>
/// <remarks>Its collections are of references and integers alone: for those the framework has machine code at hand, while for others the JIT would compile
/// some hundred methods during the first login of a process.</remarks>
internal sealed class CipherSuiteTable
{
    private const string ResourceName = "CipherSuites.tsv";

    private readonly Dictionary<int, CipherSuiteNames> _byCode;
    private readonly Dictionary<string, CipherSuiteNames> _byName = new(StringComparer.OrdinalIgnoreCase);

    // By code point, OpenSSL's name before IANA's: of several names equally near, the first is suggested.
    private readonly List<string> _allNames = [];

    private CipherSuiteTable(Dictionary<int, CipherSuiteNames> byCode)
    {
        _byCode = byCode;
        List<int> codes = [.. byCode.Keys];
        codes.Sort();
        foreach (int code in codes)
        {
            // A TLS 1.3 suite has one name everywhere.
            CipherSuiteNames names = byCode[code];
            if (names.OpenSsl is not null && names.OpenSsl != names.Iana)
                AddName(names.OpenSsl, names);
            AddName(names.Iana, names);
        }
    }

    internal static CipherSuiteTable Load()
    {
        Dictionary<int, CipherSuiteNames> byCode = [];
        foreach (TlsCipherSuite suite in Enum.GetValues<TlsCipherSuite>())
            byCode[(int)suite] = new(suite, suite.ToString(), null);

        using Stream resource = typeof(CipherSuiteTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing; embed it in the assembly.");
        using StreamReader reader = new(resource, Encoding.UTF8);
        reader.ReadLine(); // The header: code, iana, openssl.
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            ushort code = ushort.Parse(fields[0].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            byCode[code] = new((TlsCipherSuite)code, fields[1], fields[2]);
        }

        return new(byCode);
    }

    internal CipherSuiteNames? FindNames(TlsCipherSuite suite) => _byCode.GetValueOrDefault((int)suite);

    // Names are ASCII. The check keeps out what Unicode's case mapping would take for an ASCII letter.
    internal bool TryGetSuite(ReadOnlySpan<char> name, out TlsCipherSuite suite)
    {
        suite = default;
        if (!Ascii.IsValid(name) || !_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out CipherSuiteNames? names))
            return false;

        suite = names.Suite;
        return true;
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

    // Two suites of one name would be a mistake in the table: Add throws.
    private void AddName(string name, CipherSuiteNames names)
    {
        _byName.Add(name, names);
        _allNames.Add(name);
    }
}
