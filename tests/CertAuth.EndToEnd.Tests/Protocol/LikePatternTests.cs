using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Protocol;

public sealed class LikePatternTests
{
    [Theory]
    [InlineData("Ssl%", "Ssl_version", true)]
    [InlineData("ssl_VERSION", "Ssl_version", true)]
    [InlineData("Ssl_versio", "Ssl_version", false)]
    [InlineData("%_version", "Ssl_version", true)]
    [InlineData("%s%s%n", "Ssl_version", true)]
    [InlineData("%s%s%s%s", "Ssl_version", false)]
    [InlineData(@"Ssl\_version", "Ssl_version", true)]
    [InlineData(@"%\_version", "Ssl_version", true)]
    [InlineData(@"Ssl\_version", "Ssl.version", false)]
    [InlineData(@"Ssl\%", "Ssl_version", false)]
    [InlineData(@"Ssl\", @"Ssl\", true)]
    [InlineData("", "Ssl_version", false)]
    [InlineData("%", "", true)]
    public void Pattern_Matches(string pattern, string text, bool matches) => LikePattern.Matches(pattern, text).Should().Be(matches);
}
