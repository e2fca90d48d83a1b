using System.Text.Json;
using System.Text.Json.Serialization;
using CertAuth.Names;

namespace CertAuth.Tests.Names;

/// <summary>Each rule of parsing a name, with accepted and rejected texts. The rows are in <c>name-texts.json</c>.</summary>
public sealed class NameTextTests
{
    private static readonly JsonSerializerOptions s_options =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter() } };

    private static readonly Dictionary<string, Row> s_rows = JsonSerializer.Deserialize<Row[]>(
        RepositoryText.Read("tests/CertAuth.Tests/Names/name-texts.json"), s_options)!
        .ToDictionary(row => row.Id);

    public static TheoryData<string> Accepted => [.. s_rows.Values.Where(row => row.Canonical is not null).Select(row => row.Id)];

    public static TheoryData<string> Rejected => [.. s_rows.Values.Where(row => row.Canonical is null).Select(row => row.Id)];

    [Theory, MemberData(nameof(Accepted))]
    public void TryParse_ReturnsTheCanonicalForm_WhenTheTextIsAccepted(string id)
    {
        Row row = s_rows[id];

        bool parsed = DistinguishedName.TryParse(row.Input, out DistinguishedName? name, out NameError error);

        parsed.Should().BeTrue(error.ToString());
        error.Should().Be(default(NameError));
        name!.ToString().Should().Be(row.Canonical);
        DistinguishedName.Parse(row.Canonical!).Should().Be(name);
    }

    [Theory, MemberData(nameof(Rejected))]
    public void TryParse_ReturnsKindAndIndex_WhenTheTextIsRejected(string id)
    {
        Row row = s_rows[id];

        bool parsed = DistinguishedName.TryParse(row.Input, out DistinguishedName? name, out NameError error);

        parsed.Should().BeFalse();
        name.Should().BeNull();
        error.Should().Be(new NameError(row.Error, row.Index));
        FormatException exception = FluentActions.Invoking(() => DistinguishedName.Parse(row.Input))
            .Should().ThrowExactly<FormatException>().Which;
        exception.Message.Should().Be(error.ToString());
    }

    // JSON cannot represent a lone surrogate, so these texts are not in the file.
    [Fact]
    public void TryParse_RejectsLoneSurrogates()
    {
        DistinguishedName.TryParse("/CN=\uD800", out _, out NameError high).Should().BeFalse();
        DistinguishedName.TryParse("/CN=a\uDC00b", out _, out NameError low).Should().BeFalse();
        high.Should().Be(new NameError(NameErrorKind.InvalidUnicode, 4));
        low.Should().Be(new NameError(NameErrorKind.InvalidUnicode, 5));
    }

    [Fact]
    public void TryParse_RejectsTheText_WhenItIsTooLong()
    {
        string longest = "/CN=" + new string('a', NameBounds.MaxTextLength - 4);

        DistinguishedName.TryParse(longest, out _, out _).Should().BeTrue();
        DistinguishedName.TryParse(longest + "a", out _, out NameError error).Should().BeFalse();
        error.Should().Be(new NameError(NameErrorKind.TooLarge, NameBounds.MaxTextLength));
    }

    [Fact]
    public void TryParse_RejectsMoreThan64AttributesInOneRdn()
    {
        string full = "/" + string.Join('+', Enumerable.Repeat("CN=a", 64));

        Assert.True(DistinguishedName.TryParse(full, out DistinguishedName? name, out _));
        name.Rdns.Should().ContainSingle().Which.Attributes.Length.Should().Be(64);
        DistinguishedName.TryParse(full + "+CN=a", out _, out NameError error).Should().BeFalse();
        error.Should().Be(new NameError(NameErrorKind.TooLarge, full.Length));
    }

    [Theory, InlineData("/CN=#0C0161"), InlineData("/CN=a\\x41"), InlineData("/O=a/evil=c"), InlineData("/\u202Eevil=c")]
    public void Error_DoesNotRepeatTheText(string text)
    {
        DistinguishedName.TryParse(text, out _, out NameError error).Should().BeFalse();
        error.ToString().Should().EndWith(".");
        error.ToString().Should().NotContain("evil");
    }

    [Fact]
    public void ParseDer_ReturnsTheName_OrThrowsWithTheSentenceOfTryParseDer()
    {
        byte[] der = DerBytes.Name((DerBytes.CommonName, "a"));
        DistinguishedName.TryParseDer(der.AsSpan(1), out _, out NameError error).Should().BeFalse();

        DistinguishedName.ParseDer(der).Should().Be(DistinguishedName.Parse("/CN=a"));
        FluentActions.Invoking(() => DistinguishedName.ParseDer(der.AsSpan(1)))
            .Should().ThrowExactly<FormatException>().WithMessage(error.ToString());
    }

    [Theory]
    [InlineData("/O=a/CN=b", "/O=a/CN=c", "RDN 2: CN=b is required, CN=c is presented")]
    [InlineData("/O=a/CN=b", "/O=a", "RDN 2: CN=b is missing")]
    [InlineData("/O=a", "/O=a/CN=b", "RDN 2: CN=b is unexpected")]
    [InlineData("/CN=a+OU=b", "/CN=a", "RDN 1: OU=b is missing")]
    [InlineData("/CN=a", "/OU=b+CN=a", "RDN 1: OU=b is unexpected")]
    [InlineData("/CN=a+CN=a", "/CN=a+CN=b", "RDN 1: CN=a is required, CN=b is presented")]
    [InlineData("/CN=a+OU=b", "/OU=b+CN=a", null)]
    [InlineData("/CN=a", "/CN=A", "RDN 1: CN=a is required, CN=A is presented")]
    [InlineData("/CN=a", "", "RDN 1: CN=a is missing")]
    public void ExplainDifference_DescribesTheFirstDifference(string required, string presented, string? expected)
    {
        string? difference = DistinguishedName.Parse(required).ExplainDifference(DistinguishedName.Parse(presented));

        difference.Should().Be(expected);
    }

    private sealed record Row(string Id, string Input, string? Canonical, NameErrorKind Error, int Index);
}
