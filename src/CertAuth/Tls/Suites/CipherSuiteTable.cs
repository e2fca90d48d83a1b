using System.Globalization;
using System.Net.Security;
using System.Text;

namespace CertAuth.Tls;

/// <summary>The members of <see cref="TlsCipherSuite"/> and, from <c>CipherSuites.tsv</c>, OpenSSL's names for them. Immutable.</summary>
/// <remarks>The collections contain only references and integers, because the framework has precompiled code for them. For other types, the
/// JIT would compile several hundred methods during the first login of a process.</remarks>
internal sealed class CipherSuiteTable
{
    private const string ResourceName = "CipherSuites.tsv";

    // The suites that are suggested for an unknown name, in order of preference: those of TLS 1.3 that clients and servers offer by
    // default, and those of TLS 1.2 with ephemeral elliptic-curve keys and authenticated encryption (RFC 9325, 4.2; RFC 7905). Suites with
    // RC4, 3DES, CBC, static RSA or finite-field Diffie-Hellman (RFC 9325, 4.1), and anonymous, pre-shared-key and export suites are not
    // suggested.
    private static readonly TlsCipherSuite[] s_suggested =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private readonly Dictionary<int, CipherSuiteNames> _byCode;
    private readonly Dictionary<string, CipherSuiteNames> _byName = new(StringComparer.OrdinalIgnoreCase);

    // The names of s_suggested in its order, the OpenSSL name before the IANA name. The first one of several equally near names is
    // suggested.
    private readonly List<string> _suggestedNames = [];

    private CipherSuiteTable(Dictionary<int, CipherSuiteNames> byCode)
    {
        _byCode = byCode;

        // Add throws if the table has two suites of the same name.
        List<int> codes = [.. byCode.Keys];
        foreach (int code in codes)
        {
            foreach (string name in GetNames(byCode[code]))
                _byName.Add(name, byCode[code]);
        }

        foreach (TlsCipherSuite suite in s_suggested)
            _suggestedNames.AddRange(GetNames(byCode[(int)suite]));
    }

    internal static CipherSuiteTable Load()
    {
        Dictionary<int, CipherSuiteNames> byCode = [];
        foreach (TlsCipherSuite suite in Enum.GetValues<TlsCipherSuite>())
            byCode[(int)suite] = new(suite, suite.ToString(), null);

        using Stream resource = typeof(CipherSuiteTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing; embed it in the assembly.");
        using StreamReader reader = new(resource, Encoding.UTF8);
        reader.ReadLine(); // The header: code, iana, openssl, tidb.
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            ushort code = ushort.Parse(fields[0].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            byCode[code] = new((TlsCipherSuite)code, fields[1], fields[2], fields[3] == "yes");
        }

        return new(byCode);
    }

    internal CipherSuiteNames? FindNames(TlsCipherSuite suite) => _byCode.GetValueOrDefault((int)suite);

    // Names are ASCII. Without this check, a letter outside ASCII could equal an ASCII letter after Unicode case mapping.
    internal bool TryGetSuite(ReadOnlySpan<char> name, out TlsCipherSuite suite)
    {
        suite = default;
        if (!Ascii.IsValid(name) || !_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out CipherSuiteNames? names))
            return false;

        suite = names.Suite;
        return true;
    }

    /// <summary>Returns the suggested name that is nearest to an unknown name. The caller bounds the length of the unknown name.</summary>
    /// <remarks>The nearest name is the one with the fewest edits that are not insertions, so that a part of a name finds the whole name.
    /// Among several such names, the one with the smallest edit distance is returned.</remarks>
    internal string FindNearestName(ReadOnlySpan<char> name)
    {
        string nearest = _suggestedNames[0];
        (int Unmatched, int Distance) least = (int.MaxValue, int.MaxValue);
        foreach (string candidate in _suggestedNames)
        {
            int distance = EditDistance.Compute(name, candidate);
            int unmatched = distance - Math.Max(0, candidate.Length - name.Length);
            if (unmatched < least.Unmatched || (unmatched == least.Unmatched && distance < least.Distance))
                (nearest, least) = (candidate, (unmatched, distance));
        }

        return nearest;
    }

    // The OpenSSL name of a TLS 1.3 suite is its IANA name.
    private static string[] GetNames(CipherSuiteNames names) =>
        names.OpenSsl is null || names.OpenSsl == names.Iana ? [names.Iana] : [names.OpenSsl, names.Iana];
}
