using System.Collections.Immutable;
using System.Net.Security;

namespace CertAuth.Tls;

/// <summary>Converts between cipher suites and their IANA and OpenSSL names.</summary>
/// <remarks>Names are read without regard to ASCII case; whitespace is not trimmed. The known suites are the members of
/// <see cref="TlsCipherSuite"/>, with the IANA names of that enumeration and the names of OpenSSL 3. Suites are always compared by code
/// point, never by name. Safe for concurrent use.</remarks>
public static class CipherSuites
{
    /// <summary>The maximum length of a name, in UTF-16 code units. The longest known name has 45.</summary>
    public const int MaxNameLength = TlsBounds.MaxSuiteNameLength;

    /// <summary>The maximum length of a list, in UTF-16 code units. A list of the IANA names of all known suites is shorter.</summary>
    public const int MaxListLength = TlsBounds.MaxSuiteListLength;

    /// <summary>Gets the suites that a server should allow today, in order of preference: those of TLS 1.3 without CCM, and the four of
    /// TLS 1.2 that RFC 9325, 4.2 recommends.</summary>
    public static ImmutableArray<TlsCipherSuite> Recommended { get; } =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    private static readonly Lazy<CipherSuiteTable> s_table = new(CipherSuiteTable.Load);

    /// <summary>Reads the name of one suite.</summary>
    /// <param name="name">The IANA or OpenSSL name, of at most <see cref="MaxNameLength"/> code units.</param>
    /// <param name="suite">The suite; 0 if the name is unknown.</param>
    /// <returns>true if the name is known; otherwise, false.</returns>
    public static bool TryParseName(ReadOnlySpan<char> name, out TlsCipherSuite suite)
    {
        suite = default;
        return name.Length is > 0 and <= MaxNameLength && s_table.Value.TryGetSuite(name, out suite);
    }

    /// <summary>Reads a list of names that are separated by colons.</summary>
    /// <param name="text">The names; at most <see cref="MaxListLength"/> code units. An empty text is an error.</param>
    /// <param name="suites">The suites in the order of the text, with repetitions; empty if the text is rejected.</param>
    /// <param name="error">The first error; the default value if there is none.</param>
    /// <returns>true if every name is known; otherwise, false.</returns>
    public static bool TryParseList(ReadOnlySpan<char> text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error)
    {
        suites = [];
        if (text.IsEmpty)
            error = new(CipherListErrorKind.EmptyList, 0);
        else if (text.Length > MaxListLength)
            error = new(CipherListErrorKind.TooLong, MaxListLength);
        else
            error = ReadNames(text, ref suites);
        return error.Kind == CipherListErrorKind.None;
    }

    /// <summary>Reads a list of names that are separated by colons, as <see cref="TryParseList"/> does.</summary>
    /// <param name="text">The names; at most <see cref="MaxListLength"/> code units.</param>
    /// <returns>The suites in the order of the text, with repetitions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is not a list of known names. The message gives the reason and the position.</exception>
    public static ImmutableArray<TlsCipherSuite> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParseList(text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error)
            ? suites
            : throw new FormatException(error.ToString());
    }

    /// <summary>Returns the OpenSSL name of a suite; its IANA name if OpenSSL has none; its code point, such as <c>0xC0FF</c>, if the suite
    /// is unknown.</summary>
    /// <remarks>A code point is for display only; <see cref="TryParseName"/> does not read it.</remarks>
    /// <param name="suite">The suite; any code point is allowed.</param>
    public static string GetOpenSslName(TlsCipherSuite suite) =>
        s_table.Value.FindNames(suite) is { } names ? names.OpenSsl ?? names.Iana : FormatCodePoint(suite);

    /// <summary>Returns the IANA name of a suite; its code point, such as <c>0xC0FF</c>, if the suite is unknown.</summary>
    /// <remarks>A code point is for display only; <see cref="TryParseName"/> does not read it.</remarks>
    /// <param name="suite">The suite; any code point is allowed.</param>
    public static string GetIanaName(TlsCipherSuite suite) =>
        s_table.Value.FindNames(suite)?.Iana ?? FormatCodePoint(suite);

    /// <summary>Returns the OpenSSL names of suites, separated by colons, as <see cref="GetOpenSslName"/> returns them.</summary>
    /// <param name="suites">The suites. If there are none, the result is empty.</param>
    public static string FormatList(ImmutableArray<TlsCipherSuite> suites) =>
        suites.IsDefaultOrEmpty ? "" : string.Join(':', [.. suites.Select(GetOpenSslName)]);

    /// <summary>Determines whether a suite has a name that <see cref="TryParseName"/> reads.</summary>
    internal static bool IsKnown(TlsCipherSuite suite) => s_table.Value.FindNames(suite) is not null;

    /// <summary>Determines whether TiDB knows a suite by its OpenSSL name.</summary>
    internal static bool IsKnownToTidb(TlsCipherSuite suite) => s_table.Value.FindNames(suite) is { IsKnownToTidb: true };

    private static CipherListError ReadNames(ReadOnlySpan<char> text, ref ImmutableArray<TlsCipherSuite> suites)
    {
        ImmutableArray<TlsCipherSuite>.Builder builder = ImmutableArray.CreateBuilder<TlsCipherSuite>();
        foreach (Range range in text.Split(':'))
        {
            ReadOnlySpan<char> name = text[range];
            int index = range.Start.Value;
            if (name.IsEmpty)
                return new(CipherListErrorKind.EmptyItem, index);
            if (!TryParseName(name, out TlsCipherSuite suite))
                return new(CipherListErrorKind.UnknownName, index, FindSuggestion(name));
            builder.Add(suite);
        }

        suites = builder.DrainToImmutable();
        return default;
    }

    // The limit keeps the search cheap: the cost of each comparison is the product of both lengths.
    private static string? FindSuggestion(ReadOnlySpan<char> name) =>
        name.Length <= MaxNameLength ? s_table.Value.FindNearestName(name) : null;

    private static string FormatCodePoint(TlsCipherSuite suite) => $"0x{(ushort)suite:X4}";
}
