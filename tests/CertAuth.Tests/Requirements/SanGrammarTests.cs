using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

public sealed class SanGrammarTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/Requirements/sans.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void TryParse_AgreesWithRow(string id)
    {
        string expected = s_rows[id][1];
        (string text, int index) = TsvFile.RemoveCaret(s_rows[id][0]);

        bool parsed = SanRequirement.TryParse(text, out SanRequirement? requirement, out SanError error);

        (parsed ? requirement!.ToString() : $"!{error.Kind}").Should().Be(expected);
        parsed.Should().Be(expected[0] != '!');
        index.Should().Be(parsed ? -1 : error.Index);
        (error == default).Should().Be(parsed);
        if (parsed)
        {
            SanRequirement again = SanRequirement.Parse(requirement!.ToString());
            again.Should().Be(requirement);
            again.GetHashCode().Should().Be(requirement.GetHashCode());
        }
        else
        {
            FluentActions.Invoking(() => SanRequirement.Parse(text))
                .Should().ThrowExactly<FormatException>().Which.Message.Should().Be(error.ToString());
        }
    }

    [Fact]
    public void TryParse_RejectsTextOverALimit()
    {
        string longest = "DNS:" + new string('a', RequirementBounds.MaxSanLength - 4);
        string longestList = string.Join(',', Enumerable.Repeat("DNS:a", RequirementBounds.MaxSanItems));

        SanRequirement.Parse(longest).ToString().Should().Be(longest);
        SanRequirement.Parse(longestList).Items.Length.Should().Be(RequirementBounds.MaxSanItems);
        SanRequirement.TryParse(longest + "a", out SanRequirement? requirement, out SanError error).Should().BeFalse();
        requirement.Should().BeNull();
        error.Should().Be(new SanError(SanErrorKind.TooLong, RequirementBounds.MaxSanLength));
        SanRequirement.TryParse(longestList + ",DNS:b", out _, out error).Should().BeFalse();
        error.Kind.Should().Be(SanErrorKind.TooLong);
        error.Index.Should().BeInRange(longestList.Length, longestList.Length + ",DNS:b".Length);
    }

    [Fact]
    public void TryParse_RejectsEveryControlAndNonAsciiCharacter()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            bool isPrintable = c is >= ' ' and <= '~' && c is not ('\\' or ',');
            SanRequirement.TryParse($"URI:a{(char)c}b", out _, out _).Should().Be(isPrintable);
        }
    }

    [Fact]
    public void HasWildcard_IsTrue_ForUrisWithAStarSegment()
    {
        bool[] expected = [true, true, false, false, false, false, false, false];
        SanRequirement requirement = SanRequirement.Parse(
            "URI:x://h/*,URI:x://h/a/*/b?q,URI:x://h/a*,URI:x://*/a,URI:x://h/a?*,URI:urn:*,URI://h/*,DNS:*.h");

        requirement.Items.Select(item => item.HasWildcard).Should().Equal(expected);
    }

    [Fact]
    public void Equals_IgnoresTheCaseOfDnsNames()
    {
        SanRequirement.Parse("dns:a.EXAMPLE").Should().Be(SanRequirement.Parse("DNS:A.example"));
        SanRequirement.Parse("URI:x:a").Should().NotBe(SanRequirement.Parse("URI:x:A"));
        SanRequirement.Parse("DNS:a").Should().NotBe(SanRequirement.Parse("URI:a"));
        SanRequirement.Parse("DNS:b,DNS:a").Should().NotBe(SanRequirement.Parse("DNS:a,DNS:b"));
        SanRequirement.Parse("IP:::ffff:10.0.0.1").Should().NotBe(SanRequirement.Parse("IP:10.0.0.1"));
    }
}
