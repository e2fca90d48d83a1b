using CertAuth.Requirements;

namespace CertAuth.Tests.FrontDoor;

public sealed class AccountTests
{
    // With less than SUBJECT or SAN any certificate of the CA would be that user.
    [Theory]
    [InlineData("NONE")]
    [InlineData("SSL")]
    [InlineData("X509")]
    [InlineData("ISSUER '/CN=ca'")]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'")]
    [InlineData("TOKEN_ISSUER 'https://issuer.test'")]
    [InlineData("ISSUER '/CN=ca' CIPHER 'TLS_AES_128_GCM_SHA256' TOKEN_ISSUER 'https://issuer.test'")]
    public void Constructor_RefusesACertificateLoginThatNamesNobody(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        ArgumentException e = Assert.Throws<ArgumentException>(() => new Account("alice", AuthenticationMethod.Certificate, requirement));

        Assert.Equal("requirement", e.ParamName);
        Assert.Contains("SUBJECT or SAN", e.Message, StringComparison.Ordinal);
        Assert.Same(requirement, new Account("alice", AuthenticationMethod.Token, requirement).Requirement);
    }

    // A password login would pass, and nobody would have looked at the issuer.
    [Theory]
    [InlineData(AuthenticationMethod.Host)]
    [InlineData(AuthenticationMethod.Certificate)]
    public void Constructor_TakesATokenIssuerForTokensAlone(AuthenticationMethod method)
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=alice' TOKEN_ISSUER 'https://issuer.test'");

        ArgumentException e = Assert.Throws<ArgumentException>(() => new Account("alice", method, requirement));

        Assert.Contains("TOKEN_ISSUER", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SUBJECT '/CN=alice'")]
    [InlineData("SAN 'DNS:alice.test'")]
    [InlineData("ISSUER '/CN=ca' SUBJECT '/CN=alice'")]
    public void Constructor_TakesACertificateLoginThatNamesWho(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        Account account = new("alice", AuthenticationMethod.Certificate, requirement);

        Assert.Equal(("alice", AuthenticationMethod.Certificate), (account.UserName, account.Method));
        Assert.Same(requirement, account.Requirement);
    }

    [Fact]
    public void Constructor_TakesABrokenRequirementWhichDeniesEveryLogin()
    {
        LoginRequirement broken = LoginRequirement.FromStored(new StoredRequirement("abc", null));

        Assert.Equal(RequirementKind.Broken, new Account("alice", AuthenticationMethod.Certificate, broken).Requirement.Kind);
        Assert.Equal(FailureReason.RequirementBroken, broken.Evaluate(null));
    }

    [Fact]
    public void Constructor_RefusesWhatIsMissing()
    {
        LoginRequirement alice = LoginRequirement.Parse("SUBJECT '/CN=alice'");

        Assert.Throws<ArgumentNullException>(() => new Account("alice", AuthenticationMethod.Host, null!));
        Assert.Throws<ArgumentNullException>(() => new Account(null!, AuthenticationMethod.Host, alice));
        Assert.Throws<ArgumentException>(() => new Account("", AuthenticationMethod.Host, alice));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Account("alice", AuthenticationMethod.None, alice));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Account("alice", (AuthenticationMethod)99, alice));
    }
}
