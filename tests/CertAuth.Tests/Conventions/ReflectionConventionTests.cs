using System.Text.RegularExpressions;

namespace CertAuth.Tests.Conventions;

/// <summary>Tests and programs observe a type through its members, and not through reflection on private ones.</summary>
public sealed partial class ReflectionConventionTests
{
    /// <summary>The files that list the static fields of all types, which are rarely public.</summary>
    private static readonly string[] s_exceptions =
        ["tests/CertAuth.Tests/Conventions/ConventionTests.cs", "tests/CertAuth.Tests/Docs/BoundsPageTests.cs"];

    [Fact]
    public void PrivateMembers_AreNotAccessed() => RepositoryText.FindFiles("*.cs")
        .Where(file => !file.StartsWith("src/", StringComparison.Ordinal) && PrivateAccess().IsMatch(RepositoryText.Read(file)))
        .Should().Equal(s_exceptions);

    [GeneratedRegex(@"BindingFlags\.(NonPublic)|\[(UnsafeAccessor)")]
    private static partial Regex PrivateAccess();
}
