using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Tls;

public sealed class CipherListTests
{
    private const string Known = "ECDHE-RSA-AES128-GCM-SHA256";

    private static readonly CipherListError s_tooLong = new(CipherListErrorKind.TooLong, CipherSuites.MaxListLength, null);

    [Theory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("tls_ecdhe_rsa_with_aes_128_gcm_sha256", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("TLS_AES_256_GCM_SHA384:dhe-rsa-aes256-gcm-sha384", "TLS_AES_256_GCM_SHA384:DHE-RSA-AES256-GCM-SHA384")]
    [InlineData("AES128-SHA:TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA:AES128-SHA")]
    public void TryParseList_ReadsNamesInTheirOrder(string text, string formatted)
    {
        bool parsed = CipherSuites.TryParseList(text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error);

        parsed.Should().BeTrue();
        error.Should().Be(default(CipherListError));
        CipherSuites.FormatList(suites).Should().Be(formatted);
    }

    [Theory]
    [InlineData(null, CipherListErrorKind.EmptyList, 0)]
    [InlineData("", CipherListErrorKind.EmptyList, 0)]
    [InlineData(":", CipherListErrorKind.EmptyItem, 0)]
    [InlineData(":" + Known, CipherListErrorKind.EmptyItem, 0)]
    [InlineData(Known + ":", CipherListErrorKind.EmptyItem, 28)]
    [InlineData(Known + "::" + Known, CipherListErrorKind.EmptyItem, 28)]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA255", CipherListErrorKind.UnknownName, 0, Known)]
    [InlineData(Known + ":ecdhe_rsa_aes128_gcm_sha256", CipherListErrorKind.UnknownName, 28, Known)]
    [InlineData(Known + ": " + Known, CipherListErrorKind.UnknownName, 28, Known)]
    [InlineData("ECDHE-RSA-AES128-GCM", CipherListErrorKind.UnknownName, 0, Known)]
    [InlineData("TLS_AES_128_GCM_SHA-256", CipherListErrorKind.UnknownName, 0, "TLS_AES_128_GCM_SHA256")]
    [InlineData("TLS_ECDHE_RSA_AES_128_GCM_SHA256", CipherListErrorKind.UnknownName, 0, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [InlineData("0x1301", CipherListErrorKind.UnknownName, 0, "ECDHE-RSA-CHACHA20-POLY1305")]
    public void TryParseList_ReportsTheFirstError(string? text, CipherListErrorKind kind, int index, string? suggestion = null)
    {
        bool parsed = CipherSuites.TryParseList(text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error);

        parsed.Should().BeFalse();
        error.Should().Be(new CipherListError(kind, index, suggestion));
        suites.Should().BeEmpty();
    }

    public static TheoryData<string, string, CipherListError> Hostile => new()
    {
        { "a megabyte of A", new('A', 1 << 20), s_tooLong },
        { "a megabyte of colons", new(':', 1 << 20), s_tooLong },
        { "10,000 colons", new(':', 10_000), new(CipherListErrorKind.EmptyItem, 0) },
        { "one over the maximum length of a list", Repeat(CipherSuites.MaxListLength + 1), s_tooLong },
        { "NULs up to the maximum length of a list", new('\0', CipherSuites.MaxListLength), new(CipherListErrorKind.UnknownName, 0) },
        { "one over the maximum length of a name", new('A', CipherSuites.MaxNameLength + 1), new(CipherListErrorKind.UnknownName, 0) },
        { "a too long name after a known one", Known + ":" + new string('A', 9_999), new(CipherListErrorKind.UnknownName, 28) },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void TryParseList_Rejects_WhenALimitIsExceeded(string id, string text, CipherListError expected)
    {
        bool parsed = CipherSuites.TryParseList(text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error);

        parsed.Should().BeFalse(id);
        error.Should().Be(expected);
        suites.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("AES128-SHA\0")]
    [InlineData("\u202EAES128-SHA")]
    [InlineData("'; DROP TABLE mysql.user; --")]
    [InlineData("\uD800")]
    public void ToString_DoesNotContainTheText(string text)
    {
        bool parsed = CipherSuites.TryParseList(text, out _, out CipherListError error);

        parsed.Should().BeFalse();
        error.Kind.Should().Be(CipherListErrorKind.UnknownName);
        error.ToString().Should().NotContain(text);
        CipherSuites.TryParseName(error.Suggestion, out _).Should().BeTrue();
    }

    public static TheoryData<CipherListError, string> Sentences => new()
    {
        { default, "No error." },
        { new(CipherListErrorKind.EmptyList, 0, null), "The list of cipher suites is empty; write at least one IANA or OpenSSL name." },
        { new(CipherListErrorKind.EmptyItem, 28, null), "A cipher suite is missing at index 28; write exactly one ':' between two names." },
        {
            new(CipherListErrorKind.UnknownName, 3, Known),
            $"The cipher suite at index 3 is unknown; the nearest name of a suite in use today is {Known}."
        },
        { new(CipherListErrorKind.UnknownName, 3, null), "The cipher suite at index 3 is unknown; write its IANA or OpenSSL name." },
        { s_tooLong, "The list of cipher suites is longer than 16384 characters; write fewer names, each only once." },
    };

    [Theory, MemberData(nameof(Sentences))]
    public void ToString_StatesTheErrorAndItsCorrection(CipherListError error, string expected) => error.ToString().Should().Be(expected);

    [Fact]
    public void ParseList_ReadsNamesOrThrowsTheSentenceOfTheError()
    {
        CipherSuites.ParseList($"{Known}:TLS_AES_128_GCM_SHA256").Should().Equal(
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_128_GCM_SHA256);

        FluentActions.Invoking(() => CipherSuites.ParseList($"{Known}:")).Should().ThrowExactly<FormatException>()
            .WithMessage("A cipher suite is missing at index 28; write exactly one ':' between two names.");
        FluentActions.Invoking(() => CipherSuites.ParseList(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public void FormatList_ReturnsAnEmptyText_WithoutSuites()
    {
        CipherSuites.FormatList([]).Should().Be("");
        CipherSuites.FormatList(default).Should().Be("");
    }

    [Fact]
    public void FormatList_RoundTripsEveryKnownSuite()
    {
        ImmutableArray<TlsCipherSuite> all = [.. Enum.GetValues<TlsCipherSuite>()];
        string ianaNames = string.Join(':', all.Select(CipherSuites.GetIanaName));

        CipherSuites.TryParseList(CipherSuites.FormatList(all), out ImmutableArray<TlsCipherSuite> fromFormatted, out _).Should().BeTrue();
        CipherSuites.TryParseList(ianaNames, out ImmutableArray<TlsCipherSuite> fromIana, out _).Should().BeTrue();
        fromFormatted.Should().Equal(all);
        fromIana.Should().Equal(all);
    }

    [Fact]
    public void TryParseList_ReadsFormatListOutput() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<TlsCipherSuite>()).NonEmptyListOf().ToArbitrary(), suites =>
            CipherSuites.TryParseList(CipherSuites.FormatList([.. suites]), out ImmutableArray<TlsCipherSuite> read, out _)
            && read.SequenceEqual(suites)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParseList_NeverThrowsAndExplainsEachError() => Prop.ForAll<string>(text =>
    {
        bool parsed = CipherSuites.TryParseList(text, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error);
        return parsed == (error.Kind == CipherListErrorKind.None) && parsed != suites.IsEmpty && error.ToString().Length > 0
            && error.Index >= 0 && error.Index <= (text?.Length ?? 0);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("AES", "aes", 0)]
    [InlineData("AES128-SHA", "aes128_sha", 0)]
    [InlineData("ä", "Ä", 1)]
    public void EditDistance_CountsEdits(string from, string to, int distance)
    {
        EditDistance.Compute(from, to).Should().Be(distance);
        EditDistance.Compute(to, from).Should().Be(distance);
    }

    private static string Repeat(int length) => string.Concat(Enumerable.Repeat(Known + ":", length / Known.Length + 1))[..length];

    // RFC 9325, 4.2, recommends four suites of TLS 1.2, with forward secrecy and an AEAD; the names show both.
    [Fact]
    public void Recommended_HasOnlyModernSuites()
    {
        CipherSuites.Recommended.Count(suite => CipherSuites.GetIanaName(suite)!.Contains("_WITH_", StringComparison.Ordinal))
            .Should().Be(4);
        CipherSuites.Recommended.Should().AllSatisfy(suite => CipherSuites.GetIanaName(suite).Should().MatchRegex(
            "^TLS_(AES|CHACHA20)_|^TLS_ECDHE_(RSA|ECDSA)_WITH_AES_(128|256)_GCM_"));
        CipherSuites.Recommended.Distinct().Should().Equal(CipherSuites.Recommended);
    }
}
