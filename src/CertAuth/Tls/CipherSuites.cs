using System.Collections.Immutable;
using System.Net.Security;

namespace CertAuth.Tls;

/// <summary>The names of cipher suites, IANA's and OpenSSL's, to code points and back.</summary>
/// <remarks>Names are read in any ASCII case and nothing around them is trimmed. Known are the members of
/// <see cref="TlsCipherSuite"/>, whose names are IANA's, and the names OpenSSL 3 gives them. Suites are compared by code point, never by
/// name. Safe for concurrent use.</remarks>
public static class CipherSuites
{
    /// <summary>Longest name read, in UTF-16 code units; the longest one known has 45.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Longest list read, in UTF-16 code units: room for every known suite by its IANA name.</summary>
    public const int MaxListLength = 16_384;

    /// <summary>Suites that a server of today allows: of TLS 1.3 all but the CCM ones, and of TLS 1.2 the four that RFC 9325, 4.2 recommends. A host that names its suites has
    /// something to show in <c>Ssl_cipher_list</c>.</summary>
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

    /// <summary>Reads one name. When it isn't known, <paramref name="suite"/> is 0, which means nothing then.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out TlsCipherSuite suite)
    {
        suite = default;
        return name.Length is > 0 and <= MaxNameLength && s_table.Value.TryGetSuite(name, out suite);
    }

    /// <summary>Reads one name, or several joined by <c>:</c>.</summary>
    /// <param name="text">The names; a null string counts as an empty one.</param>
    /// <param name="suites">The suites in the order of the text, one named twice standing twice; empty when the text is refused.</param>
    /// <param name="error">The first thing wrong; <see cref="CipherListErrorKind.None"/> when the text was read.</param>
    public static bool TryParseList(ReadOnlySpan<char> text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error)
    {
        suites = [];
        error = default;
        if (text.IsEmpty)
            error = new(CipherListErrorKind.EmptyList, 0, null);
        else if (text.Length > MaxListLength)
            error = new(CipherListErrorKind.TooLong, MaxListLength, null);
        else
            error = ReadNames(text, ref suites);
        return error.Kind == CipherListErrorKind.None;
    }

    /// <summary>OpenSSL's name; IANA's where OpenSSL has none; the code point as <c>0xC0FF</c> where neither has.</summary>
    /// <remarks>The last form is for people and isn't read back.</remarks>
    public static string GetOpenSslName(TlsCipherSuite suite) =>
        s_table.Value.FindNames(suite) is { } names ? names.OpenSsl ?? names.Iana : FormatCode(suite);

    /// <summary>IANA's name, or the code point as <c>0xC0FF</c> where it isn't known.</summary>
    /// <remarks>The last form is for people and isn't read back.</remarks>
    public static string GetIanaName(TlsCipherSuite suite) =>
        s_table.Value.FindNames(suite)?.Iana ?? FormatCode(suite);

    /// <summary>The names that <see cref="GetOpenSslName"/> gives, joined by <c>:</c>; empty for none.</summary>
    public static string FormatList(ImmutableArray<TlsCipherSuite> suites) =>
        suites.IsDefaultOrEmpty ? "" : string.Join(':', [.. suites.Select(GetOpenSslName)]);

    /// <summary>Whether a suite has a name, and so can be read back by it.</summary>
    internal static bool IsKnown(TlsCipherSuite suite) => s_table.Value.FindNames(suite) is not null;

    private static CipherListError ReadNames(ReadOnlySpan<char> text, ref ImmutableArray<TlsCipherSuite> suites)
    {
        ImmutableArray<TlsCipherSuite>.Builder read = ImmutableArray.CreateBuilder<TlsCipherSuite>();
        foreach (Range range in text.Split(':'))
        {
            ReadOnlySpan<char> name = text[range];
            int index = range.Start.Value;
            if (name.IsEmpty)
                return new(CipherListErrorKind.EmptyItem, index, null);
            if (!TryParse(name, out TlsCipherSuite suite))
                return new(CipherListErrorKind.UnknownName, index, Suggest(name));
            read.Add(suite);
        }

        suites = read.DrainToImmutable();
        return default;
    }

    // The bound keeps the search cheap: it takes the product of both lengths for each known name.
    private static string? Suggest(ReadOnlySpan<char> name) => name.Length <= MaxNameLength ? s_table.Value.FindNearestName(name) : null;

    private static string FormatCode(TlsCipherSuite suite) => $"0x{(ushort)suite:X4}";
}
