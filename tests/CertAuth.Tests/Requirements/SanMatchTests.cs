using System.Net;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

public sealed class SanMatchTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/Requirements/san-matches.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void IsMetBy_AgreesWithRow(string id)
    {
        SanRequirement requirement = SanRequirement.Parse(s_rows[id][0]);
        (string Kind, string Text)[] names = s_rows[id][1] == "-" ? [] : [.. s_rows[id][1].Split(" | ").Select(Split)];
        bool expected = s_rows[id][2] switch { "yes" => true, "no" => false, var other => throw new FormatException(other) };

        requirement.IsMetBy(Clients.Verified(Clients.Certificate(sans: [.. names.Select(Encode)]))).Should().Be(expected);
        ReferenceSan.IsMet(ReferenceSan.ItemsOf(requirement), [.. names.Select(name => (GetKind(name.Kind), GetBytes(name)))])
            .Should().Be(expected);
    }

    public static TheoryData<string> ExcludedSegments
    {
        get
        {
            string[] dots = [".", "%2e", "%2E"];
            string[] separators = ["%00", "%2f", "%2F", "%5c", "%5C"];
            return
            [
                .. dots, .. from first in dots from second in dots select first + second,
                .. separators, .. separators.Select(separator => $"a{separator}b"),
            ];
        }
    }

    [Theory, MemberData(nameof(ExcludedSegments))]
    public void IsMetBy_RejectsDotSegmentsAndEncodedSeparatorsForAWildcard(string segment)
    {
        ParsedCertificate certificate = Clients.Certificate(sans: [TestSan.Uri($"spiffe://d/{segment}/x")]);

        SanRequirement.Parse("URI:spiffe://d/*/x").IsMetBy(Clients.Verified(certificate)).Should().BeFalse();
        SanRequirement.Parse("URI:spiffe://d/*/*").IsMetBy(Clients.Verified(certificate)).Should().BeFalse();
        SanRequirement.Parse($"URI:spiffe://d/{segment}/x").IsMetBy(Clients.Verified(certificate)).Should().BeTrue();
        SanRequirement.Parse($"URI:spiffe://d/{segment}/*").IsMetBy(Clients.Verified(certificate)).Should().BeTrue();
    }

    [Fact]
    public void IsMetBy_MatchesOnlyPcharsWithAWildcard()
    {
        SanRequirement requirement = SanRequirement.Parse("URI:spiffe://d/*");
        const string Pchars = "-._~!$&'()*+,;=:@";

        for (char c = ' '; c <= '~'; c++)
        {
            ParsedCertificate certificate = Clients.Certificate(sans: [TestSan.Uri($"spiffe://d/a{c}")]);
            bool isPchar = char.IsAsciiLetterOrDigit(c) || Pchars.Contains(c, StringComparison.Ordinal);
            requirement.IsMetBy(Clients.Verified(certificate)).Should().Be(isPchar);
        }
    }

    [Fact]
    public void IsMetBy_MatchesOtherEncodedBytesWithAWildcard()
    {
        SanRequirement requirement = SanRequirement.Parse("URI:spiffe://d/*");

        for (int b = 0; b <= 0xFF; b++)
        {
            ParsedCertificate certificate = Clients.Certificate(sans: [TestSan.Uri($"spiffe://d/a%{b:x2}")]);
            requirement.IsMetBy(Clients.Verified(certificate)).Should().Be(b is not (0 or '/' or '\\'));
        }
    }

    // Each of these extensions is malformed. It meets no requirement, not even with its valid entries.
    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "no bytes", [] },
        { "empty sequence", [0x30, 0x00] },
        { "bytes after the sequence", [.. TestSan.Encode(TestSan.Dns("d1")), 0x00] },
        { "indefinite length", [0x30, 0x80, 0x82, 0x02, 0x64, 0x31, 0x00, 0x00] },
        { "length that is too long", [0x30, 0x81, 0x04, 0x82, 0x02, 0x64, 0x31] },
        { "text", "d1"u8.ToArray() },
        { "address of five bytes", TestSan.Encode(TestSan.Dns("d1"), TestSan.Raw(0x87, [1, 2, 3, 4, 5])) },
        { "address of no bytes", TestSan.Encode(TestSan.Raw(0x87, []), TestSan.Dns("d1")) },
        { "dns over 0x7F", TestSan.Encode(TestSan.Dns("d1"), TestSan.Raw(0x82, [0x64, 0xE9])) },
        { "dns with NUL (CVE-2009-2408)", TestSan.Encode(TestSan.Dns("d1"), TestSan.Raw(0x82, [0x64, 0x31, 0x00, 0x2E, 0x65])) },
        { "uri with line feed", TestSan.Encode(TestSan.Dns("d1"), TestSan.Uri("x:\n")) },
        { "e-mail with escape", TestSan.Encode(TestSan.Dns("d1"), TestSan.Email("\u001B@x")) },
        { "unknown tag", TestSan.Encode(TestSan.Dns("d1"), TestSan.Raw(0x89, [0x64])) },
        { "constructed dns", TestSan.Encode(TestSan.Dns("d1"), TestSan.Raw(0xA2, [0x64])) },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void IsMetBy_IsFalse_WhenTheExtensionIsMalformed(string id, byte[] value)
    {
        ParsedCertificate certificate = Clients.Certificate(extensions: [Clients.San(value)]);

        certificate.SanState.Should().Be(SanState.Malformed);
        SanRequirement.Parse("DNS:d1").IsMetBy(Clients.Verified(certificate)).Should().BeFalse(id);
    }

    [Fact]
    public void IsMetBy_IsFalse_WhenTheExtensionIsRepeated()
    {
        byte[] value = TestSan.Encode(TestSan.Dns("d1"));
        ParsedCertificate certificate = Clients.Certificate(extensions: [Clients.San(value), Clients.San(value)]);

        certificate.SanState.Should().Be(SanState.Repeated);
        SanRequirement.Parse("DNS:d1").IsMetBy(Clients.Verified(certificate)).Should().BeFalse();
    }

    [Fact]
    public void IsMetBy_ComparesTheNamesOfAForwardedCertificate()
    {
        byte[] name = TestName.Of(("CN", "client")).Encode();
        VerifiedCertificate named = new(new byte[32], name, name, TestSan.Encode(TestSan.Dns("d1"), TestSan.Uri("spiffe://d/a")));
        VerifiedCertificate unnamed = new(new byte[32], name, name, generalNames: null);

        SanRequirement.Parse("DNS:D1,URI:spiffe://d/*").IsMetBy(named).Should().BeTrue();
        SanRequirement.Parse("DNS:d1,IP:10.0.0.1").IsMetBy(named).Should().BeFalse();
        SanRequirement.Parse("DNS:d1").IsMetBy(unnamed).Should().BeFalse();
        FluentActions.Invoking(() => SanRequirement.Parse("DNS:d1").IsMetBy(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Theory]
    [InlineData("DNS:db.test", "DNS:DB.test", true)]
    [InlineData("DNS:db.test", "DNS:*.test", false)]
    [InlineData("DNS:db.test", "URI:db.test", false)]
    [InlineData("URI:spiffe://a/*", "URI:spiffe://a/b", true)]
    [InlineData("URI:spiffe://a/b", "URI:spiffe://a/B", false)]
    [InlineData("IP:2001:DB8::1", "IP:2001:db8:0:0:0:0:0:1", true)]
    [InlineData("IP:10.0.0.1", "IP:::ffff:10.0.0.1", false)]
    public void IsMetBy_ComparesOneName(string required, string presented, bool expected)
    {
        SanRequirementItem item = SanRequirement.Parse(required).Items.Single();

        item.IsMetBy(SubjectAlternativeName.Parse(presented)).Should().Be(expected);
        item.Invoking(i => i.IsMetBy((SubjectAlternativeName)null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public void IsMetBy_FindsTheLastOfManyNames()
    {
        TestSan[] names = [.. Enumerable.Range(0, 3_000).Select(i => TestSan.Uri($"spiffe://d/{i}"))];
        ParsedCertificate certificate = Clients.Certificate(sans: names);

        SanRequirement.Parse("URI:spiffe://d/2999").IsMetBy(Clients.Verified(certificate)).Should().BeTrue();
        SanRequirement.Parse("URI:spiffe://d/3000").IsMetBy(Clients.Verified(certificate)).Should().BeFalse();
        SanRequirement.Parse("URI:spiffe://d/2999,DNS:d").IsMetBy(Clients.Verified(certificate)).Should().BeFalse();
    }

    [Fact]
    public void IsMetBy_AgreesWithTheReferenceImplementation() => Prop.ForAll(Generators.SanCases.ToArbitrary(), c =>
    {
        SanRequirement requirement = SanRequirement.Parse(Generators.Write(c.Required));
        ParsedCertificate certificate =
            Clients.Certificate(sans: [.. c.Presented.Select(Generators.CreateSan)]);
        IReadOnlyList<(SanKind, byte[])> entries =
            [.. c.Presented.Select(name => (name.Kind, GetBytes((name.Kind.ToString(), name.Text))))];
        bool expected = c.Presented.Count > 0 && ReferenceSan.IsMet(c.Required, entries);
        return requirement.IsMetBy(Clients.Verified(certificate)) == expected;
    }).Check(Generators.Times(2000));

    private static (string Kind, string Text) Split(string name) =>
        (name[..name.IndexOf(' ', StringComparison.Ordinal)], name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    private static SanKind GetKind(string kind) => kind == "IP" ? SanKind.IpAddress : Enum.Parse<SanKind>(kind, ignoreCase: true);

    private static byte[] GetBytes((string Kind, string Text) name) =>
        GetKind(name.Kind) == SanKind.IpAddress ? IPAddress.Parse(name.Text).GetAddressBytes() : Encoding.ASCII.GetBytes(name.Text);

    private static TestSan Encode((string Kind, string Text) name) => Generators.CreateSan((GetKind(name.Kind), name.Text));
}
