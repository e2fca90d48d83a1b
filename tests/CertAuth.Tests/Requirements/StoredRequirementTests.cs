using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tls;
using FluentAssertions;

namespace CertAuth.Tests.Requirements;

public sealed class StoredRequirementTests
{
    private static readonly Rows s_rows = new("stored.tsv");

    public static TheoryData<string> Ids => s_rows.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void FromStored_AgreesWithRow(string id)
    {
        string expected = s_rows[id][1];

        LoginRequirement requirement = LoginRequirement.FromStored(new(s_rows[id][0]));

        RequirementError error = requirement.StorageError;
        Assert.Equal(expected, error == default ? requirement.ToString() : $"!{error.Kind} {error.Part}");
        Assert.Equal(error != default, requirement.Kind == RequirementKind.Broken);
        if (requirement.Kind == RequirementKind.Broken)
            AssertDeniesEverybody(requirement);
        else
            Assert.Equal(requirement, LoginRequirement.FromStored(requirement.ToStored()));
    }

    [Theory]
    [InlineData("NONE", "{}")]
    [InlineData("SSL", """{"ssl_type":1}""")]
    [InlineData("X509", """{"ssl_type":2}""")]
    [InlineData("TOKEN_ISSUER 'i'", "{}", "i")]
    [InlineData("SAN 'DNS:d'", """{"ssl_type":3,"san":"DNS:d"}""")]
    [InlineData(
        "TOKEN_ISSUER 't' SAN 'DNS:d' SUBJECT '/CN=s' ISSUER '/CN=i' CIPHER 'TLS_RSA_WITH_AES_128_CBC_SHA'",
        """{"ssl_type":3,"ssl_cipher":"AES128-SHA","x509_issuer":"/CN=i","x509_subject":"/CN=s","san":"DNS:d"}""", "t")]
    public void ToStored_WritesTheMembersInTheirOrder(string clause, string json, string? tokenIssuer = null) =>
        Assert.Equal(new(json, tokenIssuer), LoginRequirement.Parse(clause).ToStored());

    [Theory]
    [InlineData("{}", RequirementKind.None)]
    [InlineData("""{"ssl_type":1}""", RequirementKind.Ssl)]
    [InlineData("""{"ssl_type":2}""", RequirementKind.X509)]
    [InlineData("""{"ssl_type":3,"san":"DNS:d"}""", RequirementKind.Specified)]
    public void FromStored_TakesTheTokenIssuerBesideAnyType(string json, RequirementKind kind)
    {
        LoginRequirement requirement = LoginRequirement.FromStored(new(json, "i"));

        Assert.Equal((kind, "i"), (requirement.Kind, requirement.TokenIssuer));
        Assert.Equal(new StoredRequirement(json, "i"), requirement.ToStored());
        LoginRequirement.Parse(requirement.ToString()).Should().Be(requirement);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void FromStored_TakesAnEmptyTokenIssuerAsNone(string? tokenIssuer) =>
        Assert.Equal(LoginRequirement.Ssl, LoginRequirement.FromStored(new("""{"ssl_type":1}""", tokenIssuer)));

    [Fact]
    public void FromStored_TakesATokenIssuerAsNoOptionOfType3() =>
        AssertBroken(new("""{"ssl_type":3}""", "i"), RequirementErrorKind.TypeMismatch);

    [Fact]
    public void FromStored_BreaksOnATokenIssuerThatIsNoText() =>
        AssertBroken(new("{}", "a\uD800"), RequirementErrorKind.BadTokenIssuer);

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void FromStored_BreaksOnALoneSurrogate(char surrogate)
    {
        AssertBroken(new($$"""{"ssl_type":3,"san":"URI:{{surrogate}}"}"""), RequirementErrorKind.BadRecord);
        AssertBroken(new($$"""{"other":"{{surrogate}}","ssl_type":1}"""), RequirementErrorKind.BadRecord);
        AssertBroken(new("{}" + surrogate), RequirementErrorKind.BadRecord);
    }

    [Fact]
    public void FromStored_ReadsALongRecordAndBreaksOnOneCharacterMore()
    {
        const string Json = """{"ssl_type":1}""";
        string longest = Json + new string(' ', LoginRequirement.MaxClauseLength - Json.Length);

        Assert.Equal(LoginRequirement.Ssl, LoginRequirement.FromStored(new(longest)));
        AssertBroken(new(longest + " "), RequirementErrorKind.TooLong);
    }

    [Fact]
    public void FromStored_BreaksOnDeepNestingWithoutThrowing() =>
        AssertBroken(new($$"""{"a":{{new string('[', 100_000)}}"""), RequirementErrorKind.BadRecord);

    [Fact]
    public void FromStored_SaysWhereInAValueTheErrorStands()
    {
        RequirementError error = LoginRequirement.FromStored(new("""{"ssl_type":3,"san":"DNS:a,FTP:b"}""")).StorageError;

        Assert.Equal((RequirementErrorKind.BadSan, RequirementPart.San), (error.Kind, error.Part));
        Assert.Equal((SanErrorKind.UnknownType, 6), (error.San, error.Index));
    }

    [Fact]
    public void ToStored_RefusesABrokenRequirement()
    {
        LoginRequirement broken = LoginRequirement.FromStored(new("abc"));

        Assert.Throws<InvalidOperationException>(broken.ToStored);
        Assert.NotEqual(LoginRequirement.None, broken);
        Assert.Contains("broken", broken.ToString(), StringComparison.Ordinal);
        Assert.False(LoginRequirement.TryParse(broken.ToString(), out _, out _));
    }

    private static void AssertBroken(StoredRequirement stored, RequirementErrorKind kind)
    {
        LoginRequirement requirement = LoginRequirement.FromStored(stored);
        Assert.Equal(kind, requirement.StorageError.Kind);
        AssertDeniesEverybody(requirement);
    }

    private static void AssertDeniesEverybody(LoginRequirement requirement)
    {
        ClientCertificate certificate = Clients.Certificate();
        TlsConnectionInfo?[] connections = [null, Clients.Tls(), Clients.Tls(certificate), Clients.TlsRefused(new(FailureReason.Expired))];

        Assert.Equal(RequirementKind.Broken, requirement.Kind);
        foreach (TlsConnectionInfo? connection in connections)
        {
            Assert.Equal(FailureReason.RequirementBroken, requirement.Evaluate(connection));
            Assert.Equal(FailureReason.RequirementBroken, Assert.Single(requirement.Explain(connection)).Reason);
        }
    }
}
