using CertAuth.Requirements;
using FluentAssertions;

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
    public void Constructor_RejectsACertificateAccountWithoutSubjectOrSan(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        ArgumentException e = FluentActions.Invoking(() => new Account("alice", AuthenticationMethod.Certificate, requirement))
            .Should().ThrowExactly<ArgumentException>().Which;

        e.ParamName.Should().Be("requirement");
        e.Message.Should().Contain("SUBJECT or SAN");
        new Account("alice", AuthenticationMethod.Token, requirement).Requirement.Should().BeSameAs(requirement);
    }

    // A password login would pass, and nobody would have looked at the issuer.
    [Theory]
    [InlineData(AuthenticationMethod.Custom)]
    [InlineData(AuthenticationMethod.Certificate)]
    public void Constructor_AcceptsATokenIssuerOnlyForTokenAccounts(AuthenticationMethod method)
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=alice' TOKEN_ISSUER 'https://issuer.test'");

        ArgumentException e = FluentActions.Invoking(() => new Account("alice", method, requirement))
            .Should().ThrowExactly<ArgumentException>().Which;

        e.Message.Should().Contain("TOKEN_ISSUER");
    }

    [Theory]
    [InlineData("SUBJECT '/CN=alice'")]
    [InlineData("SAN 'DNS:alice.test'")]
    [InlineData("ISSUER '/CN=ca' SUBJECT '/CN=alice'")]
    public void Constructor_AcceptsACertificateAccountWithSubjectOrSan(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        Account account = new("alice", AuthenticationMethod.Certificate, requirement);

        (account.UserName, account.Method).Should().Be(("alice", AuthenticationMethod.Certificate));
        account.Requirement.Should().BeSameAs(requirement);
    }

    [Fact]
    public void Constructor_AcceptsAMalformedRequirement_WhichRejectsEveryLogin()
    {
        LoginRequirement broken = LoginRequirement.FromStored(new StoredRequirement("abc", null));

        new Account("alice", AuthenticationMethod.Certificate, broken).Requirement.Kind.Should().Be(RequirementKind.Malformed);
        broken.Evaluate(null).Should().Be(RejectionReason.RequirementMalformed);
    }

    [Fact]
    public void Constructor_RejectsMissingArguments()
    {
        LoginRequirement alice = LoginRequirement.Parse("SUBJECT '/CN=alice'");

        FluentActions.Invoking(() => new Account("alice", AuthenticationMethod.Custom, null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => new Account(null!, AuthenticationMethod.Custom, alice)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => new Account("", AuthenticationMethod.Custom, alice)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new Account("alice", AuthenticationMethod.None, alice))
            .Should().ThrowExactly<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Account("alice", (AuthenticationMethod)99, alice))
            .Should().ThrowExactly<ArgumentOutOfRangeException>();
    }
}
