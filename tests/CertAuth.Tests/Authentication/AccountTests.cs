using CertAuth.Requirements;

namespace CertAuth.Tests.Authentication;

public sealed class AccountTests
{
    // Otherwise any certificate of a trusted CA could log in to the account.
    [Theory]
    [InlineData("NONE")]
    [InlineData("SSL")]
    [InlineData("X509")]
    [InlineData("ISSUER '/CN=ca'")]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'")]
    [InlineData("TOKEN_ISSUER 'https://issuer.test'")]
    [InlineData("ISSUER '/CN=ca' CIPHER 'TLS_AES_128_GCM_SHA256' TOKEN_ISSUER 'https://issuer.test'")]
    public void WithCertificate_Throws_IfTheRequirementDoesNotIdentifyTheHolder(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        ArgumentException e = FluentActions.Invoking(() => Account.WithCertificate("alice", requirement))
            .Should().ThrowExactly<ArgumentException>().Which;

        e.ParamName.Should().Be("requirement");
        e.Message.Should().Contain("must have SUBJECT, SAN, CERTIFICATE or PUBLIC_KEY in each alternative. It has none of them, so");
        Account.WithToken("alice", requirement).Requirement.Should().BeSameAs(requirement);
    }

    // Otherwise a login by password would be accepted although no check compares the issuer.
    [Theory]
    [InlineData(AuthenticationMethod.Custom)]
    [InlineData(AuthenticationMethod.Certificate)]
    public void WithCertificateAndCustom_Throw_ForATokenIssuer(AuthenticationMethod method)
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=alice' TOKEN_ISSUER 'https://issuer.test'");

        ArgumentException e = FluentActions.Invoking(() => Logins.CreateAccount(method, requirement))
            .Should().ThrowExactly<ArgumentException>().Which;

        e.Message.Should().Contain("TOKEN_ISSUER");
    }

    [Theory]
    [InlineData("SUBJECT '/CN=alice'")]
    [InlineData("SAN 'DNS:alice.test'")]
    [InlineData("ISSUER '/CN=ca' SUBJECT '/CN=alice'")]
    public void WithCertificate_Succeeds_IfTheRequirementIdentifiesTheHolder(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        Account account = Account.WithCertificate("alice", requirement);

        (account.UserName, account.Method).Should().Be(("alice", AuthenticationMethod.Certificate));
        account.Requirement.Should().BeSameAs(requirement);
    }

    [Fact]
    public void WithCertificate_AcceptsAMalformedStoredRequirement_ThatRejectsEveryLogin()
    {
        LoginRequirement malformed = LoginRequirement.FromStored(new StoredRequirement("abc", null));

        Account.WithCertificate("alice", malformed).Requirement.Kind.Should().Be(RequirementKind.Malformed);
        malformed.Evaluate(null).Should().Be(RejectionReason.RequirementMalformed);
    }

    [Fact]
    public void WithToken_SetsTheExpectedClaims()
    {
        Account account = Account.WithToken("alice", "REQUIRE SSL TOKEN_ISSUER 'https://issuer.test'", "alice@x.test");

        (account.UserName, account.Method, account.Email).Should().Be(("alice", AuthenticationMethod.Token, "alice@x.test"));
        account.Requirement.Should().Be(LoginRequirement.Parse("SSL TOKEN_ISSUER 'https://issuer.test'"));
        (account.ExpectedClaims!.Subject, account.ExpectedClaims.Issuer).Should().Be(("alice", "https://issuer.test"));
        Account.WithToken("alice", "SSL").Email.Should().BeEmpty();
    }

    [Fact]
    public void Custom_SetsTheMethodAndTheRequirement()
    {
        Account account = Account.Custom("alice", "SSL");

        (account.UserName, account.Method, account.Requirement).Should().Be(("alice", AuthenticationMethod.Custom, LoginRequirement.Ssl));
    }

    [Theory]
    [InlineData("SUBJECT '/CN=alice'")]
    [InlineData("REQUIRE SAN 'DNS:alice.test' ISSUER '/CN=ca'")]
    public void EachFactory_ReadsTheClause(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        Account.WithCertificate("alice", clause).Requirement.Should().Be(requirement);
        Account.WithToken("alice", clause).Requirement.Should().Be(requirement);
        Account.Custom("alice", clause).Requirement.Should().Be(requirement);
    }

    [Fact]
    public void EachFactory_Throws_WhenTheClauseIsInvalid()
    {
        const string Clause = "SUBJEKT '/CN=alice'";

        FluentActions.Invoking(() => Account.WithCertificate("alice", Clause)).Should().ThrowExactly<FormatException>();
        FluentActions.Invoking(() => Account.WithToken("alice", Clause)).Should().ThrowExactly<FormatException>();
        FluentActions.Invoking(() => Account.Custom("alice", Clause)).Should().ThrowExactly<FormatException>();
    }

    [Fact]
    public void EachFactory_Throws_ForMissingOrInvalidArguments()
    {
        LoginRequirement alice = LoginRequirement.Parse("SUBJECT '/CN=alice'");

        FluentActions.Invoking(() => Account.Custom("alice", (LoginRequirement)null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => Account.Custom("alice", (string)null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => Account.WithCertificate("alice", (string)null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => Account.WithCertificate(null!, alice)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => Account.WithCertificate("", alice)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => Account.WithToken("alice", alice, null!)).Should().ThrowExactly<ArgumentNullException>();
        FluentActions.Invoking(() => Account.WithToken("\uD800", alice)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Account.Unknown(null!)).Should().ThrowExactly<ArgumentNullException>();
    }
}
