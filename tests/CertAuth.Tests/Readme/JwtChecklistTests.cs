using System.Text.RegularExpressions;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Readme;

/// <summary>Verifies that each test that the JWT checklist names exists.</summary>
public sealed partial class JwtChecklistTests
{
    [Fact]
    public void Checklist_NamesExistingTests()
    {
        string checklist = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs/jwt-checklist.md"));
        string[] classes = [.. TestClass().Matches(checklist).Select(m => m.Groups[1].Value).Distinct()];
        string[] methods = [.. TestMethod().Matches(checklist).Select(m => m.Groups[1].Value).Distinct()];
        ILookup<string, Type> types = typeof(JwtChecklistTests).Assembly.GetTypes().ToLookup(t => t.Name);

        methods.Should().NotBeEmpty();
        classes.Should().AllSatisfy(name => types[name].Should().NotBeEmpty());
        methods.Should().AllSatisfy(
            name => Assert.Contains(typeof(JwtChecklistTests).Assembly.GetTypes(), t => t.GetMethod(name) is not null));
    }

    [GeneratedRegex(@"`(\w+Tests)[.`]")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"[`.]([A-Z]\w+_\w+)`")]
    private static partial Regex TestMethod();
}
