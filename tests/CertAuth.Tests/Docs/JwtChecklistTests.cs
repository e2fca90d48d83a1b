using System.Text.RegularExpressions;

namespace CertAuth.Tests.Docs;

/// <summary>Verifies that each test that the JWT checklist names exists.</summary>
public sealed partial class JwtChecklistTests
{
    [Fact]
    public void Checklist_NamesExistingTests()
    {
        DocPage checklist = new("docs/jwt-checklist.md");
        string[] classes = [.. TestClass().Matches(checklist.Text).Select(match => match.Groups[1].Value)];

        classes.Should().BeSubsetOf(typeof(JwtChecklistTests).Assembly.GetTypes().Select(type => type.Name));
        checklist.CitedTests.Should().NotBeEmpty().And.BeSubsetOf(TestMethods.All);
    }

    [GeneratedRegex(@"`(\w+Tests)[.`]")]
    private static partial Regex TestClass();
}
