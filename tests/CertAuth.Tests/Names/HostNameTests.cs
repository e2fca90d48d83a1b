using System.Text;
using CertAuth.Names;

namespace CertAuth.Tests.Names;

public sealed class HostNameTests
{
    private static readonly string s_longLabel = new('a', NameBounds.MaxHostLabelLength);

    [Theory]
    [InlineData("a", true, true)]
    [InlineData("db-1.example", true, true)]
    [InlineData("_sql.example", true, true)]
    [InlineData("", false, false)]
    [InlineData(".", false, false)]
    [InlineData("a.", false, false)]
    [InlineData(".a", false, false)]
    [InlineData("a..b", false, false)]
    [InlineData("*.example", false, false)]
    [InlineData("a b", false, false)]
    [InlineData("é.example", false, false)]
    [InlineData("-a.example", true, false)]
    [InlineData("a.b-", true, false)]
    public void IsValid_ChecksLabels(string name, bool isValid, bool isStrictlyValid)
    {
        HostName.IsValid(Encoding.UTF8.GetBytes(name)).Should().Be(isValid);
        HostName.IsStrictlyValid(Encoding.UTF8.GetBytes(name)).Should().Be(isStrictlyValid);
    }

    [Fact]
    public void IsStrictlyValid_ChecksLengths()
    {
        string longName = string.Join('.', s_longLabel, s_longLabel, s_longLabel, s_longLabel[..61]);

        HostName.IsStrictlyValid(Encoding.UTF8.GetBytes(longName)).Should().BeTrue();
        HostName.IsStrictlyValid(Encoding.UTF8.GetBytes(longName + "a")).Should().BeFalse();
        HostName.IsStrictlyValid(Encoding.UTF8.GetBytes(s_longLabel + "a")).Should().BeFalse();
        HostName.IsValid(Encoding.UTF8.GetBytes(longName + "aa")).Should().BeTrue();
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("a.1", true)]
    [InlineData("1", true)]
    [InlineData("1.a", false)]
    [InlineData("a1", false)]
    public void EndsWithNumber_ReadsTheLastLabel(string name, bool expected) =>
        HostName.EndsWithNumber(Encoding.ASCII.GetBytes(name)).Should().Be(expected);

    [Theory]
    [InlineData("https://a.example/x", "a.example")]
    [InlineData("spiffe://a.example", "a.example")]
    [InlineData("https://user@a.example:443?q", "a.example")]
    [InlineData("https://", "")]
    [InlineData("https:///x", "")]
    [InlineData("urn:a", "")]
    [InlineData("//a.example/x", "")]
    [InlineData("1://a.example/x", "")]
    [InlineData("https://10.0.0.1/x", "")]
    [InlineData("https://[::1]/x", "")]
    [InlineData("https://a.example\\b/x", "")]
    [InlineData("https://a.example:port/x", "")]
    public void FindHost_ReturnsTheName(string uri, string expected) =>
        Encoding.ASCII.GetString(UriSyntax.FindHost(Encoding.ASCII.GetBytes(uri))).Should().Be(expected);
}
