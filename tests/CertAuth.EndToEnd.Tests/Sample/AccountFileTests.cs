using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Reloading;
using MySqlLogin;

namespace CertAuth.EndToEnd.Tests.Sample;

/// <summary>The accounts of the sample. A file with an error is rejected as a whole.</summary>
public sealed class AccountFileTests
{
    [Fact]
    public void Lines_CreateAccounts()
    {
        const string Text = "# accounts\r\n\r\nu1\tREQUIRE SUBJECT '/CN=u1'\r\nü\tREQUIRE SAN 'DNS:a.example'";
        Assert.True(TryRead(Encoding.UTF8.GetBytes(Text), out Material<FrozenDictionary<string, Account>>? material, out string? problem));
        problem.Should().BeNull();
        material.Value.Keys.Should().BeEquivalentTo("u1", "ü");
        material.Value["u1"].Requirement.ToString().Should().Be("REQUIRE SUBJECT '/CN=u1'");
    }

    [Theory]
    [InlineData("u1", "Line 1: Expected a user, a tab and a REQUIRE clause.")]
    [InlineData("\n\tREQUIRE SUBJECT '/CN=u1'", "Line 2: ")]
    [InlineData("u1\tREQUIRE SUBJECT '/CN=u1'\t", "Line 1: Expected a user, a tab and a REQUIRE clause.")]
    [InlineData("u1\tREQUIRE SUBJECT 'CN=u1'", "Line 1: ")]
    [InlineData("u1\tREQUIRE X509", "Line 1: ")]
    [InlineData("u1\tREQUIRE SUBJECT '/CN=u1'\nu1\tREQUIRE SUBJECT '/CN=u1'", "Line 2: The user is repeated.")]
    public void File_IsRejected_WhenALineIsMalformed(string text, string expected)
    {
        TryRead(Encoding.UTF8.GetBytes(text), out _, out string? problem).Should().BeFalse();
        problem.Should().StartWith(expected);
    }

    [Fact]
    public void File_IsRejected_WhenItIsNotUtf8()
    {
        TryRead([0xFF], out _, out string? problem).Should().BeFalse();
        problem.Should().Be("The file is not UTF-8.");
    }

    private static bool TryRead(
        byte[] file,
        [NotNullWhen(true)] out Material<FrozenDictionary<string, Account>>? material,
        [NotNullWhen(false)] out string? problem) =>
        new AccountFileReader().TryRead([file], DateTimeOffset.UnixEpoch, out material, out problem);
}
