using System.Net.Security;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tests.Names;
using CertAuth.Tls;
using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

public sealed class LoginRequirementBuilderTests
{
    private static readonly DistinguishedName s_subject = DistinguishedName.Parse("/C=US/CN=alice");

    [Fact]
    public void Build_EqualsTheParsedClause()
    {
        LoginRequirementBuilder builder = new()
        {
            Ciphers = [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384],
            Issuer = DistinguishedName.Parse("/O=it's/CN=CA"),
            Subject = s_subject,
            San = SanRequirement.Parse("DNS:db.example,URI:spiffe://example.org/a"),
            TokenIssuer = "https://idp.example/",
        };

        LoginRequirement requirement = builder.Build();

        requirement.Should().Be(LoginRequirement.Parse("""
            REQUIRE CIPHER 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384' ISSUER '/O=it''s/CN=CA' SUBJECT '/C=US/CN=alice'
            SAN 'DNS:db.example,URI:spiffe://example.org/a' TOKEN_ISSUER 'https://idp.example/'
            """));
        requirement.Kind.Should().Be(RequirementKind.Specified);
        LoginRequirement.FromStored(requirement.ToStored()).Should().Be(requirement);
    }

    [Theory]
    [InlineData(false, false, null, "REQUIRE NONE")]
    [InlineData(false, false, "", "REQUIRE NONE")]
    [InlineData(true, false, null, "REQUIRE SSL")]
    [InlineData(false, true, null, "REQUIRE X509")]
    [InlineData(true, true, null, "REQUIRE X509")]
    [InlineData(false, false, "i", "REQUIRE TOKEN_ISSUER 'i'")]
    [InlineData(true, false, "i", "REQUIRE SSL TOKEN_ISSUER 'i'")]
    [InlineData(false, true, "i", "REQUIRE X509 TOKEN_ISSUER 'i'")]
    public void Build_CombinesTheFlagsWithTheTokenIssuer(bool requireTls, bool requireCertificate, string? tokenIssuer, string expected)
    {
        LoginRequirementBuilder builder = new()
        {
            RequireTls = requireTls,
            RequireCertificate = requireCertificate,
            TokenIssuer = tokenIssuer,
        };

        builder.Build().ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_IgnoresTheFlags_WhenAnOptionIsSet(bool flag)
    {
        LoginRequirementBuilder builder = new() { RequireTls = flag, RequireCertificate = flag, Subject = s_subject };

        builder.Build().Should().Be(LoginRequirement.Parse("SUBJECT '/C=US/CN=alice'"));
    }

    [Fact]
    public void Build_ReturnsAnEqualRequirement_FromThePartsOfAnyRequirement() =>
        Prop.ForAll(Generators.Requirement.ToArbitrary(), requirement => CreateBuilder(requirement).Build().Equals(requirement))
            .Check(Generators.Times(2000));

    // The attack: a name from a certificate whose stored form is read as another name, or not at all.
    [Fact]
    public void Build_GivesTheSameRequirement_WhenItIsStoredAndReadBack() =>
        Prop.ForAll(NameGenerator.Names.ToArbitrary(), der =>
        {
            LoginRequirementBuilder builder = new() { Issuer = s_subject, Subject = DistinguishedName.ParseDer(der) };
            bool isBuilt = builder.TryBuild(out LoginRequirement? requirement, out _);
            return isBuilt == !builder.Subject.Rdns.IsEmpty
                && (!isBuilt || (LoginRequirement.FromStored(requirement!.ToStored()).Equals(requirement)
                    && LoginRequirement.Parse(requirement.ToString()).Equals(requirement)));
        }).Check(Generators.Times(2000));

    [Fact]
    public void Build_LeavesEarlierRequirementsUnchanged_WhenTheBuilderIsUsedAgain()
    {
        LoginRequirementBuilder builder = new() { Subject = s_subject };
        LoginRequirement first = builder.Build();

        builder.Subject = DistinguishedName.Parse("/CN=bob");

        first.Subject.Should().Be(s_subject);
        builder.Build().Should().NotBe(first);
    }

    [Fact]
    public void Ciphers_TreatsADefaultArrayAsEmpty()
    {
        LoginRequirementBuilder builder = new() { Ciphers = default };

        builder.Ciphers.IsDefault.Should().BeFalse();
        builder.Build().Should().Be(LoginRequirement.None);
    }

    public static TheoryData<string, LoginRequirementBuilder, RequirementErrorKind, RequirementPart, int, string> Invalid => new()
    {
        {
            "empty subject", new() { Subject = DistinguishedName.Parse("") }, RequirementErrorKind.EmptyValue, RequirementPart.Subject, 0,
            "SUBJECT"
        },
        {
            "empty issuer", new() { Issuer = DistinguishedName.Parse("") }, RequirementErrorKind.EmptyValue, RequirementPart.Issuer, 0,
            "ISSUER"
        },
        {
            "suite without a name", new() { Ciphers = [TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, (TlsCipherSuite)0xFFFE] },
            RequirementErrorKind.BadCipher, RequirementPart.Cipher, "AES128-SHA:".Length, "CIPHER: The cipher suite at index 11 is unknown"
        },
        {
            "too many suites", new() { Ciphers = [.. Enumerable.Repeat(TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, 2000)] },
            RequirementErrorKind.BadCipher, RequirementPart.Cipher, CipherSuites.MaxListLength, "16384"
        },
        {
            "unpaired surrogate", new() { TokenIssuer = "ab\uD800" }, RequirementErrorKind.BadTokenIssuer, RequirementPart.TokenIssuer, 2,
            "token issuer"
        },
        {
            "too long", new() { TokenIssuer = new string('\'', 600_000) }, RequirementErrorKind.TooLong, RequirementPart.None,
            RequirementBounds.MaxClauseLength, "1048576"
        },
        {
            "name that grows", new() { Subject = DistinguishedName.Parse("/O=" + new string('\'', 600_000)) }, RequirementErrorKind.TooLong,
            RequirementPart.None, RequirementBounds.MaxClauseLength, "1048576"
        },
        {
            "stored form that grows", new() { Subject = DistinguishedName.Parse("/O=x" + new string('"', 600_000)) },
            RequirementErrorKind.TooLong, RequirementPart.None, RequirementBounds.MaxClauseLength, "1048576"
        },
    };

    [Theory, MemberData(nameof(Invalid))]
    public void TryBuild_ReturnsAnError_WhenThePartsMakeNoRequirement(
        string id, LoginRequirementBuilder builder, RequirementErrorKind kind, RequirementPart part, int index, string message)
    {
        builder.TryBuild(out LoginRequirement? requirement, out RequirementError error).Should().BeFalse(id);

        requirement.Should().BeNull();
        (error.Kind, error.Part, error.Index).Should().Be((kind, part, index));
        error.ToString().Should().Contain(message).And.EndWith(".");
        builder.Invoking(b => b.Build()).Should().ThrowExactly<InvalidOperationException>().WithMessage(error.ToString());
    }

    [Fact]
    public void TryBuild_ReturnsNoError_OnSuccess()
    {
        LoginRequirementBuilder builder = new() { Subject = s_subject };

        builder.TryBuild(out LoginRequirement? requirement, out RequirementError error).Should().BeTrue();
        requirement!.Subject.Should().BeSameAs(s_subject);
        error.Should().Be(default(RequirementError));
    }

    private static LoginRequirementBuilder CreateBuilder(LoginRequirement requirement) => new()
    {
        RequireTls = requirement.Kind == RequirementKind.Ssl,
        RequireCertificate = requirement.Kind == RequirementKind.X509,
        Ciphers = requirement.Ciphers,
        Issuer = requirement.Issuer,
        Subject = requirement.Subject,
        San = requirement.San,
        TokenIssuer = requirement.TokenIssuer,
    };
}
