using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

public sealed class SanGrammarTests
{
    private static readonly Rows s_rows = new("sans.tsv");

    public static TheoryData<string> Ids => s_rows.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void TryParse_AgreesWithRow(string id)
    {
        string expected = s_rows[id][1];
        (string text, int index) = Rows.TakeCaret(s_rows[id][0]);

        bool parsed = SanRequirement.TryParse(text, out SanRequirement? requirement, out SanError error);

        Assert.Equal(expected, parsed ? requirement!.ToString() : $"!{error.Kind}");
        Assert.Equal(expected[0] != '!', parsed);
        Assert.Equal(parsed ? -1 : error.Index, index);
        Assert.Equal(parsed, error == default);
        if (parsed)
        {
            SanRequirement again = SanRequirement.Parse(requirement!.ToString());
            Assert.Equal(requirement, again);
            Assert.Equal(requirement.GetHashCode(), again.GetHashCode());
        }
        else
        {
            Assert.Equal(error.ToString(), Assert.Throws<FormatException>(() => SanRequirement.Parse(text)).Message);
        }
    }

    [Fact]
    public void TryParse_RefusesWhatIsOverABound()
    {
        string longest = "DNS:" + new string('a', SanRequirement.MaxLength - 4);
        string most = string.Join(',', Enumerable.Repeat("DNS:a", SanRequirement.MaxItems));

        Assert.Equal(longest, SanRequirement.Parse(longest).ToString());
        Assert.Equal(SanRequirement.MaxItems, SanRequirement.Parse(most).Items.Length);
        Assert.False(SanRequirement.TryParse(longest + "a", out SanRequirement? requirement, out SanError error));
        Assert.Null(requirement);
        Assert.Equal(new(SanErrorKind.TooLong, SanRequirement.MaxLength), error);
        Assert.False(SanRequirement.TryParse(most + ",DNS:b", out _, out error));
        Assert.Equal(SanErrorKind.TooLong, error.Kind);
        Assert.InRange(error.Index, most.Length, most.Length + ",DNS:b".Length);
    }

    [Fact]
    public void TryParse_RefusesEveryControlAndNonAsciiCharacter()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            bool isPrintable = c is >= ' ' and <= '~' && c is not ('\\' or ',');
            Assert.Equal(isPrintable, SanRequirement.TryParse($"URI:a{(char)c}b", out _, out _));
        }
    }

    [Fact]
    public void HasWildcard_IsSaidOfUrisWithAStarSegment()
    {
        bool[] expected = [true, true, false, false, false, false, false, false];
        SanRequirement requirement = SanRequirement.Parse(
            "URI:x://h/*,URI:x://h/a/*/b?q,URI:x://h/a*,URI:x://*/a,URI:x://h/a?*,URI:urn:*,URI://h/*,DNS:*.h");

        Assert.Equal(expected, requirement.Items.Select(item => item.HasWildcard));
    }

    [Fact]
    public void Equals_ComparesDnsNamesWithoutRegardToCase()
    {
        Assert.Equal(SanRequirement.Parse("DNS:A.example"), SanRequirement.Parse("dns:a.EXAMPLE"));
        Assert.NotEqual(SanRequirement.Parse("URI:x:A"), SanRequirement.Parse("URI:x:a"));
        Assert.NotEqual(SanRequirement.Parse("URI:a"), SanRequirement.Parse("DNS:a"));
        Assert.NotEqual(SanRequirement.Parse("DNS:a,DNS:b"), SanRequirement.Parse("DNS:b,DNS:a"));
        Assert.NotEqual(SanRequirement.Parse("IP:10.0.0.1"), SanRequirement.Parse("IP:::ffff:10.0.0.1"));
    }
}
