using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

public sealed class StoredRequirementTests
{
    private static readonly TsvFile s_rows = new("CertAuth.Tests/Requirements/stored.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void FromStored_AgreesWithRow(string id)
    {
        string expected = s_rows[id][1];

        LoginRequirement requirement = LoginRequirement.FromStored(new(s_rows[id][0]));

        RequirementError error = requirement.StorageError;
        (error == default ? requirement.ToString() : $"!{error.Kind} {error.Part}").Should().Be(expected);
        (requirement.Kind == RequirementKind.Malformed).Should().Be(error != default);
        if (requirement.Kind == RequirementKind.Malformed)
            AssertRejectsEveryLogin(requirement);
        else
            LoginRequirement.FromStored(requirement.ToStored(StoredRequirementFormat.CertAuth)).Should().Be(requirement);
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
    public void ToStored_WritesTheMembersInOrder(string clause, string json, string? tokenIssuer = null) =>
        LoginRequirement.Parse(clause).ToStored(StoredRequirementFormat.Tidb).Should().Be(new StoredRequirement(json, tokenIssuer));

    [Theory]
    [InlineData("{}", RequirementKind.None)]
    [InlineData("""{"ssl_type":1}""", RequirementKind.Ssl)]
    [InlineData("""{"ssl_type":2}""", RequirementKind.X509)]
    [InlineData("""{"ssl_type":3,"san":"DNS:d"}""", RequirementKind.Specified)]
    public void FromStored_AcceptsATokenIssuerWithAnyType(string json, RequirementKind kind)
    {
        LoginRequirement requirement = LoginRequirement.FromStored(new(json, "i"));

        (requirement.Kind, requirement.TokenIssuer).Should().Be((kind, "i"));
        requirement.ToStored(StoredRequirementFormat.Tidb).Should().Be(new StoredRequirement(json, "i"));
        LoginRequirement.Parse(requirement.ToString()).Should().Be(requirement);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void FromStored_TreatsAnEmptyTokenIssuerAsNone(string? tokenIssuer) =>
        LoginRequirement.FromStored(new("""{"ssl_type":1}""", tokenIssuer)).Should().Be(LoginRequirement.Ssl);

    [Fact]
    public void FromStored_DoesNotCountATokenIssuerAsAnOption() =>
        AssertMalformed(new("""{"ssl_type":3}""", "i"), RequirementErrorKind.SslTypeMismatch);

    [Fact]
    public void FromStored_RejectsATokenIssuerThatIsNotUnicode() =>
        AssertMalformed(new("{}", "a\uD800"), RequirementErrorKind.BadTokenIssuer);

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void FromStored_RejectsAnUnpairedSurrogate(char surrogate)
    {
        AssertMalformed(new($$"""{"ssl_type":3,"san":"URI:{{surrogate}}"}"""), RequirementErrorKind.BadRecord);
        AssertMalformed(new($$"""{"other":"{{surrogate}}","ssl_type":1}"""), RequirementErrorKind.BadRecord);
        AssertMalformed(new("{}" + surrogate), RequirementErrorKind.BadRecord);
    }

    [Fact]
    public void FromStored_LimitsTheLength()
    {
        const string Json = """{"ssl_type":1}""";
        string longest = Json + new string(' ', RequirementBounds.MaxClauseLength - Json.Length);

        LoginRequirement.FromStored(new(longest)).Should().Be(LoginRequirement.Ssl);
        AssertMalformed(new(longest + " "), RequirementErrorKind.TooLong);
    }

    [Fact]
    public void FromStored_RejectsDeepNestingWithoutThrowing() =>
        AssertMalformed(new($$"""{"a":{{new string('[', 100_000)}}"""), RequirementErrorKind.BadRecord);

    [Fact]
    public void FromStored_ReportsTheIndexInAValue()
    {
        RequirementError error = LoginRequirement.FromStored(new("""{"ssl_type":3,"san":"DNS:a,FTP:b"}""")).StorageError;

        (error.Kind, error.Part).Should().Be((RequirementErrorKind.BadSan, RequirementPart.San));
        (error.San, error.Index).Should().Be((SanErrorKind.UnknownType, 6));
    }

    [Fact]
    public void ToStored_ThrowsForAMalformedRequirement()
    {
        LoginRequirement malformed = LoginRequirement.FromStored(new("abc"));

        FluentActions.Invoking(() => malformed.ToStored(StoredRequirementFormat.Tidb)).Should().ThrowExactly<InvalidOperationException>();
        malformed.Should().NotBe(LoginRequirement.None);
        malformed.ToString().Should().StartWith("REQUIRE (malformed: ");
        LoginRequirement.TryParse(malformed.ToString(), out _, out _).Should().BeFalse();
    }

    private static void AssertMalformed(StoredRequirement stored, RequirementErrorKind kind)
    {
        LoginRequirement requirement = LoginRequirement.FromStored(stored);
        requirement.StorageError.Kind.Should().Be(kind);
        AssertRejectsEveryLogin(requirement);
    }

    private static void AssertRejectsEveryLogin(LoginRequirement requirement)
    {
        ParsedCertificate certificate = Clients.Certificate();
        TlsConnectionInfo?[] connections =
        [
            null, Clients.Tls(), Clients.Tls(certificate), Clients.TlsRejected(new(RejectionReason.CertificateExpired)),
        ];

        requirement.Kind.Should().Be(RequirementKind.Malformed);
        foreach (TlsConnectionInfo? connection in connections)
        {
            requirement.Evaluate(connection).Should().Be(RejectionReason.RequirementMalformed);
            requirement.Explain(connection).Should().ContainSingle().Which.Reason.Should().Be(RejectionReason.RequirementMalformed);
        }
    }
}
