using CertAuth.Certificates;
using CertAuth.Tests.Requirements;
using CertAuth.Transport;
using CertAuth.Trust;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Transport;

/// <summary>The comparison of a server name with the names in a certificate (RFC 9525, 6.3).</summary>
public sealed class ServerNameTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "names")));
    private static readonly TrustBundle s_bundle =
        TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication });

    [Theory]
    [InlineData("db.example.com", "DNS:db.example.com", true)]
    [InlineData("DB.Example.com", "DNS:db.eXample.com", true)]
    [InlineData("db.example.com", "DNS:other.example.com", false)]
    [InlineData("db.example.com", "DNS:db.example.com.evil.test", false)]
    [InlineData("db.example.com", "DNS:db.example.com.", false)]
    [InlineData("db.example.com", "DNS:*.example.com", true)]
    [InlineData("db.EXAMPLE.com", "DNS:*.Example.com", true)]
    [InlineData("a.db.example.com", "DNS:*.example.com", false)]
    [InlineData("example.com", "DNS:*.example.com", false)]
    [InlineData("example.com", "DNS:*.com", false)]
    [InlineData("db.example.com", "DNS:d*.example.com", false)]
    [InlineData("db.example.com", "DNS:*b.example.com", false)]
    [InlineData("db.example.com", "DNS:db.*.com", false)]
    [InlineData("db.example.com", "DNS:*.*.com", false)]
    [InlineData("db.example.com", "DNS:*", false)]
    [InlineData("db.example.com", "URI:https://db.example.com", false)]
    [InlineData("localhost", "DNS:localhost", true)]
    [InlineData("127.0.0.1", "IP:127.0.0.1", true)]
    [InlineData("127.0.0.1", "IP:127.0.0.2", false)]
    [InlineData("127.0.0.1", "DNS:127.0.0.1", false)]
    [InlineData("127.0.0.1", "DNS:*.0.0.1", false)]
    [InlineData("::1", "IP:0:0:0:0:0:0:0:1", true)]
    [InlineData("::ffff:127.0.0.1", "IP:127.0.0.1", false)]
    public void Matches_ComparesNamesAndAddresses(string server, string san, bool isMatch)
    {
        ServerName.Parse(server).Matches(Verify([CreateSan(san)])).Should().Be(isMatch);
    }

    [Fact]
    public void Matches_IgnoresTheCommonName()
    {
        ServerName.Parse("db.example.com").Matches(Verify([], "db.example.com")).Should().BeFalse();
    }

    [Fact]
    public void Matches_NeedsOnlyOneOfSeveralNames()
    {
        VerifiedCertificate certificate = Verify([TestSan.Dns("a.test"), TestSan.Ip(System.Net.IPAddress.Loopback), TestSan.Dns("b.test")]);
        Assert.All(["a.test", "b.test", "127.0.0.1"], name => ServerName.Parse(name).Matches(certificate).Should().BeTrue());
        ServerName.Parse("c.test").Matches(certificate).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("db.example.com.")]
    [InlineData("-a.test")]
    [InlineData("a-.test")]
    [InlineData("*.example.com")]
    [InlineData("a b")]
    [InlineData("bücher.example")]
    [InlineData("db.example.com\0")]
    [InlineData("127.1")]
    [InlineData("127.0.0.01")]
    [InlineData("256.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("db:4000")]
    public void TryParse_RejectsTextThatIsNotAName(string? text)
    {
        ServerName.TryParse(text, out ServerName? name).Should().BeFalse();
        name.Should().BeNull();
    }

    [Fact]
    public void TryParse_AcceptsNamesUpToTheMaximumLength()
    {
        string label = new('a', 63);
        string longest = string.Join('.', label, label, label, new string('b', 61));
        ServerName.TryParse(longest, out _).Should().BeTrue();
        ServerName.TryParse($"{longest}b", out _).Should().BeFalse();
        ServerName.TryParse($"a{label}.test", out _).Should().BeFalse();
    }

    [Fact]
    public void Equals_IgnoresCase()
    {
        ServerName.Parse("a.TEST").Should().Be(ServerName.Parse("A.test"));
        ServerName.Parse("a.TEST").GetHashCode().Should().Be(ServerName.Parse("A.test").GetHashCode());
        ServerName.Parse("0:0::1").Should().Be(ServerName.Parse("::1"));
        ServerName.Parse("0:0::1").GetHashCode().Should().Be(ServerName.Parse("::1").GetHashCode());
        ServerName.Parse("b.test").Should().NotBe(ServerName.Parse("a.test"));
    }

    // The bytes of an address are not letters: 65 is 'A', 97 is 'a', and 192 is not ASCII.
    [Fact]
    public void Equals_ComparesTheBytesOfAddresses()
    {
        ServerName.Parse("192.168.0.1").Should().Be(ServerName.Parse("192.168.0.1"));
        ServerName.Parse("FE80:0::1").Should().Be(ServerName.Parse("fe80::1"));
        ServerName.Parse("97.0.0.1").Should().NotBe(ServerName.Parse("65.0.0.1"));
    }

    [Fact]
    public void Parse_Throws_ForTextThatIsNotAName()
    {
        FluentActions.Invoking(() => ServerName.Parse("a b")).Should().ThrowExactly<FormatException>();
        FluentActions.Invoking(() => ServerName.Parse(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public void TryParse_NeverThrows() => Prop.ForAll(Generators.HostileText.ToArbitrary(), text =>
    {
        bool isName = ServerName.TryParse(text, out ServerName? name);
        (name is not null).Should().Be(isName);
        if (name is not null)
            ServerName.Parse(name.Text).Should().Be(name);
    }).Check(Generators.Times(2000));

    private static VerifiedCertificate Verify(TestSan[] sans, string commonName = "server")
    {
        TestCertificate certificate = s_ca.Issue(new()
        {
            Subject = TestName.Of(("CN", commonName)),
            Sans = sans,
            ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
        });
        bool isVerified = s_bundle.TryVerify(certificate.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection);
        isVerified.Should().BeTrue($"{rejection}");
        return verified!;
    }

    private static TestSan CreateSan(string text)
    {
        string value = text[(text.IndexOf(':') + 1)..];
        return text switch
        {
            ['D', ..] => TestSan.Dns(value),
            ['U', ..] => TestSan.Uri(value),
            _ => TestSan.Ip(System.Net.IPAddress.Parse(value)),
        };
    }
}
