using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tests.Authentication;

namespace CertAuth.Tests.Requirements;

public sealed class RequirementAlternativesTests
{
    private static readonly TlsConnectionInfo s_b = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "b")), TestName.Of(("CN", "i"))));

    private static readonly string s_pin = new('0', 64);

    // The first column is the ID in the specification of REQUIRE.
    public static TheoryData<string, string, string, string, RejectionReason, string?> Cases => new()
    {
        { "or-1", "SUBJECT '/CN=a' OR SUBJECT '/CN=b'", "b", "i", RejectionReason.None, null },
        {
            "or-2", "ISSUER '/CN=i' SUBJECT '/CN=a' OR SUBJECT '/CN=b'", "c", "i", RejectionReason.SubjectMismatch,
            "(alternative 1 of 2) Required: /CN=a; presented: /CN=c"
        },
        {
            "or-3", "CIPHER 'TLS_AES_256_GCM_SHA384' OR ISSUER '/CN=i'", "b", "j", RejectionReason.IssuerMismatch,
            "(alternative 2 of 2) Required: /CN=i; presented: /CN=j"
        },
        {
            "or-4", $"CERTIFICATE '{s_pin}' OR SUBJECT '/CN=b' SAN 'DNS:d'", "b", "i", RejectionReason.CertificateMismatch,
            $"(alternative 1 of 2) Required: sha256:{s_pin}; presented: sha256:"
        },
        {
            "equals", "SUBJECT '/CN=x' OR SUBJECT '/CN=y'", "b", "i", RejectionReason.SubjectMismatch,
            "(alternative 1 of 2) Required: /CN=x; presented: /CN=b"
        },
        {
            "the certificate after the cipher", "CIPHER 'TLS_AES_256_GCM_SHA384' OR SUBJECT '/CN=x'", "", "",
            RejectionReason.CertificateMissing, "(alternative 2 of 2) Required: a verified client certificate; none presented"
        },
        {
            "a single alternative", "SUBJECT '/CN=x'", "b", "i", RejectionReason.SubjectMismatch, "Required: /CN=x; presented: /CN=b"
        },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task Login_HasTheRejectionOfTheNearestAlternative(
        string id, string clause, string subject, string issuer, RejectionReason reason, string? facts)
    {
        TlsConnectionInfo connection = subject.Length == 0
            ? Clients.Tls()
            : Clients.Tls(Clients.Certificate(TestName.Of(("CN", subject)), TestName.Of(("CN", issuer))));
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        requirement.Evaluate(connection).Should().Be(reason, id);
        LoginAuthenticator authenticator = new(new() { Custom = new PasswordAuthenticator() });
        AuthenticationRequest request = new(Account.Custom("u", requirement), connection) { Credential = PasswordAuthenticator.Password };
        AuthenticationResult result = await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);
        (result.Rejection?.Reason ?? RejectionReason.None).Should().Be(reason);
        if (facts is not null)
            result.Rejection!.ToString().Should().Contain(facts);
    }

    [Fact]
    public void Explain_ListsEveryCheckOfEveryAlternative()
    {
        LoginRequirement requirement = LoginRequirement.Parse("ISSUER '/CN=i' SUBJECT '/CN=a' OR CIPHER 'AES128-SHA' SUBJECT '/CN=b'");

        requirement.Explain(s_b).Select(check => (check.Alternative, check.Part, check.IsMet)).Should().Equal(
            (0, RequirementPart.Transport, true),
            (1, RequirementPart.Certificate, true),
            (1, RequirementPart.Issuer, true),
            (1, RequirementPart.Subject, false),
            (2, RequirementPart.Cipher, false),
            (2, RequirementPart.Certificate, true),
            (2, RequirementPart.Subject, true));
        requirement.Explain(s_b)[3].ToString().Should().Be(
            "The SUBJECT requirement of alternative 1 of 2 is not met. Required: /CN=a; presented: /CN=b "
            + "(RDN 1: CN=a is required, CN=b is presented).");
    }

    [Theory]
    [InlineData("sc-1", "/OU=TiDB", "C=NL/OU=TiDB/CN=a", true)]
    [InlineData("sc-2", "/O=x/OU=TiDB", "O=x/OU=y/OU=TiDB/CN=a", true)]
    [InlineData("sc-3", "/OU=TiDB/O=x", "O=x/OU=TiDB", false)]
    [InlineData("sc-4", "/OU=TiDB", "OU=TiDB+L=x", false)]
    [InlineData("whole name", "/O=x/OU=TiDB", "O=x/OU=TiDB", true)]
    [InlineData("repeated part", "/OU=a/OU=a", "OU=a", false)]
    [InlineData("both repeated", "/OU=a/OU=a", "OU=a/CN=x/OU=a", true)]
    [InlineData("set in another order", "/L=x+OU=TiDB", "O=z/OU=TiDB+L=x/CN=a", true)]
    [InlineData("another case", "/OU=tidb", "OU=TiDB", false)]
    public void Evaluate_FindsThePartsOfTheSubject(string id, string required, string subject, bool isMet)
    {
        TestName name = TestName.FromRdns([.. subject.Split('/').Select(rdn => new TestRdn(
            [.. rdn.Split('+').Select(a => new TestNameAttribute(a.Split('=')[0], a.Split('=')[1]))]))]);
        LoginRequirement requirement = LoginRequirement.Of(new SubjectContainsOption(DistinguishedName.Parse(required)));

        requirement.Evaluate(Clients.Tls(Clients.Certificate(name))).Should().Be(
            isMet ? RejectionReason.None : RejectionReason.SubjectPartMissing, id);
    }

    // sc-5, and malformed subjects: a malformed RDN behind the required one, between others, and a name that is none.
    [Fact]
    public void Evaluate_RejectsOtherStructuresOfTheSubject()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT_CONTAINS '/OU=TiDB'");
        TestRdn malformed = new(TestNameAttribute.Raw("CN", 0x0C, [0xC3]));
        TestRdn unit = new(new TestNameAttribute("OU", "TiDB"));

        Evaluate(TestName.Of(("O", "x/OU=TiDB"))).Should().Be(RejectionReason.SubjectPartMissing);
        Evaluate(TestName.Of()).Should().Be(RejectionReason.SubjectPartMissing);
        Evaluate(TestName.FromRdns(unit, malformed)).Should().Be(RejectionReason.SubjectMalformed);
        Evaluate(TestName.FromRdns(malformed, unit)).Should().Be(RejectionReason.SubjectMalformed);
        Evaluate(TestName.FromRdns(unit, new TestRdn())).Should().Be(RejectionReason.SubjectMalformed);

        RejectionReason Evaluate(TestName subject) => requirement.Evaluate(Clients.Tls(Clients.Certificate(subject)));
    }

    [Fact]
    public void Explain_NamesTheMissingPart()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT_CONTAINS '/O=x/OU=TiDB'");
        TlsConnectionInfo connection = Clients.Tls(Clients.Certificate(TestName.Of(("OU", "TiDB"), ("O", "x"))));

        requirement.Explain(connection)[2].Difference.Should().Be("OU=TiDB is missing after O=x");
        requirement.Explain(s_b)[2].Difference.Should().Be("O=x is missing");
    }

    [Fact]
    public void AnyOf_CombinesTheAlternatives()
    {
        LoginRequirement a = LoginRequirement.Parse("SUBJECT '/CN=a' TOKEN_ISSUER 'i'");
        LoginRequirement bc = LoginRequirement.Parse("SUBJECT '/CN=b' TOKEN_ISSUER 'i' OR SAN 'DNS:c' TOKEN_ISSUER 'i'");

        LoginRequirement.AnyOf(a, bc).Should().Be(LoginRequirement.Parse(
            "SUBJECT '/CN=a' TOKEN_ISSUER 'i' OR SUBJECT '/CN=b' TOKEN_ISSUER 'i' OR SAN 'DNS:c' TOKEN_ISSUER 'i'"));
        a.Should().NotBe(a.WithTokenIssuer(null));
        a.WithTokenIssuer("").ToString().Should().Be("REQUIRE SUBJECT '/CN=a'");
    }

    [Fact]
    public void AnyOf_RejectsWhatIsNoListOfAlternatives()
    {
        LoginRequirement a = LoginRequirement.Parse("SUBJECT '/CN=a'");
        LoginRequirement[] many = [.. Enumerable.Range(0, 17).Select(i => LoginRequirement.Parse($"SUBJECT '/CN={i}'"))];

        Invoking(() => LoginRequirement.AnyOf()).Should().ThrowExactly<ArgumentException>();
        Invoking(() => LoginRequirement.AnyOf(a, null!)).Should().ThrowExactly<ArgumentNullException>();
        Invoking(() => LoginRequirement.AnyOf(a, a)).Should().ThrowExactly<ArgumentException>().WithMessage("*repeated*");
        Invoking(() => LoginRequirement.AnyOf(many)).Should().ThrowExactly<ArgumentException>().WithMessage("*maximum is 16*");
        Invoking(() => LoginRequirement.AnyOf(a, LoginRequirement.Ssl)).Should().ThrowExactly<ArgumentException>();
        Invoking(() => LoginRequirement.AnyOf(a, LoginRequirement.Parse("SUBJECT '/CN=b' TOKEN_ISSUER 'i'")))
            .Should().ThrowExactly<ArgumentException>().WithMessage("*TOKEN_ISSUER*");
        Invoking(() => LoginRequirement.AnyOf(a, LoginRequirement.FromStored(new("abc")))).Should().ThrowExactly<ArgumentException>()
            .WithMessage("The stored requirement is not one JSON object*");
        LoginRequirement.AnyOf(many.AsSpan(0, 16)).Alternatives.Should().HaveCount(16);

        static Action Invoking(Func<LoginRequirement> create) => () => create();
    }

    [Fact]
    public void Of_RejectsOptionsThatMakeNoClause()
    {
        RequirementOption subject = new SubjectOption(DistinguishedName.Parse("/CN=a"));
        SanOption san = new(SanRequirement.Parse("DNS:d"));
        LoginRequirement long1 = LoginRequirement.Of(new SubjectOption(DistinguishedName.Parse($"/CN={new string('\'', 500_000)}")));

        ((Action)(() => LoginRequirement.Of())).Should().ThrowExactly<ArgumentException>();
        ((Action)(() => LoginRequirement.Of(subject, null!))).Should().ThrowExactly<ArgumentNullException>();
        ((Action)(() => LoginRequirement.Of(subject, subject))).Should().ThrowExactly<ArgumentException>()
            .WithMessage("SUBJECT is repeated*");
        ((Action)(() => _ = new SubjectOption(DistinguishedName.Parse("")))).Should().ThrowExactly<ArgumentException>();
        ((Action)(() => _ = new CipherOption())).Should().ThrowExactly<ArgumentException>();
        ((Action)(() => _ = new CipherOption((System.Net.Security.TlsCipherSuite)0xFFFF))).Should().ThrowExactly<ArgumentException>();
        ((Action)(() => _ = new PublicKeyOption(default(Sha256Digest), default))).Should().ThrowExactly<ArgumentException>();
        LoginRequirement.Of(san, subject).Should().Be(LoginRequirement.Parse("SUBJECT '/CN=a' SAN 'DNS:d'"));
        LoginRequirement.TryOf(
            [new IssuerOption(long1.Alternatives[0].Find<SubjectOption>()!.Name), long1.Alternatives[0].Options[0]],
            out LoginRequirement? tooLong, out RequirementError error).Should().BeFalse();
        (tooLong, error.Kind).Should().Be((null, RequirementErrorKind.TooLong));
    }

    [Theory]
    [InlineData("SUBJECT '/CN=a' OR SAN 'DNS:d'", null)]
    [InlineData("SUBJECT_CONTAINS '/CN=a' ISSUER '/CN=i'", "It has none of them")]
    [InlineData("SUBJECT '/CN=a' OR ISSUER '/CN=i' OR CIPHER 'AES128-SHA'", "Alternative 2 has none of them")]
    [InlineData("ISSUER_KEY '{pin}' OR SUBJECT '/CN=a'", "Alternative 1 has none of them")]
    [InlineData("CERTIFICATE '{pin}' OR PUBLIC_KEY '{pin}'", null)]
    [InlineData("X509", "It has none of them")]
    public void Account_DemandsAHolderInEveryAlternative(string clause, string? expected)
    {
        clause = clause.Replace("{pin}", s_pin, StringComparison.Ordinal);
        Action create = () => Account.WithCertificate("u", clause);

        LoginRequirement.Parse(clause).IdentifiesHolder.Should().Be(expected is null);
        if (expected is null)
            create.Should().NotThrow();
        else
            create.Should().ThrowExactly<ArgumentException>().WithMessage($"*{expected}*");
    }
}
