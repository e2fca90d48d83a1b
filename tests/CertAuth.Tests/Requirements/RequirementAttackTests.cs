using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Requirements;

/// <summary>Attacks on requirements: ambiguous records, texts that exceed a limit when printed, rejections that hide the
/// difference.</summary>
public sealed class RequirementAttackTests
{
    private static readonly LoginRequirement s_alice = LoginRequirement.Parse("SUBJECT '/CN=alice'");

    // The attack: a server written in Go reads the record as X509, but this library read it as NONE and accepted logins without a
    // certificate.
    [Theory]
    [InlineData("""{"Ssl_type":2}""")]
    [InlineData("""{"ss\u006C_typE":2}""")]
    [InlineData("""{"ſsl_type":2}""")]
    [InlineData("""{"sſl_type":2}""")]
    [InlineData("""{"ssl_type":0,"\u017F\u017FL_TYPE":2}""")]
    [InlineData("""{"ssl_type":3,"san":"DNS:a","SAN":"DNS:b"}""")]
    [InlineData("""{"ssl_type":3,"san":"DNS:a","ſan":"DNS:b"}""")]
    [InlineData("""{"ssl_type":3,"X509_ISSUER":"/CN=a","x509_subject":"/CN=a"}""")]
    [InlineData("""{"ssl_type":3,"x509_iſſuer":"/CN=a","x509_subject":"/CN=a"}""")]
    [InlineData("""{"ssl_type":3,"x509_subject":"/CN=a","x509_Subject":null}""")]
    [InlineData("""{"ssl_type":3,"x509_subject":"/CN=a","ſſl_cipher":"AES128-SHA"}""")]
    public void FromStored_RejectsAMiscasedMember(string json)
    {
        LoginRequirement requirement = LoginRequirement.FromStored(new(json));

        (requirement.Kind, requirement.StorageError.Kind).Should().Be((RequirementKind.Malformed, RequirementErrorKind.BadRecord));
        requirement.Evaluate(Clients.Tls(Clients.Certificate())).Should().Be(RejectionReason.RequirementMalformed);
    }

    // No member name contains a K or a space. Names inside other members are not members of the record.
    [Theory]
    [InlineData("""{"\u212Aey":2,"ssl-type":2,"ssl_type ":2}""")]
    [InlineData("""{"other":{"SSL_TYPE":2,"ſan":"DNS:a"}}""")]
    public void FromStored_IgnoresOtherMembers(string json) =>
        LoginRequirement.FromStored(new(json)).Should().Be(LoginRequirement.None);

    // A login by certificate has no token. Either every login would be rejected, or TOKEN_ISSUER would be ignored.
    [Theory]
    [InlineData("SUBJECT '/CN=alice' TOKEN_ISSUER 'i'")]
    [InlineData("SAN 'DNS:a' TOKEN_ISSUER 'i'")]
    public void WithCertificate_RejectsATokenIssuer(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        ArgumentException e =
            FluentActions.Invoking(() => Account.WithCertificate("alice", requirement))
                .Should().ThrowExactly<ArgumentException>().Which;

        e.Message.Should().Contain("TOKEN_ISSUER");
        Account.WithToken("alice", requirement).Requirement.Should().Be(requirement);
        Account.WithCertificate("alice", s_alice).Requirement.Should().Be(s_alice);
    }

    // The attack: an identity without any proof, because its method was never set.
    [Theory]
    [InlineData(AuthenticationMethod.None)]
    [InlineData((AuthenticationMethod)9)]
    [InlineData((AuthenticationMethod)(-1))]
    public void Constructor_RejectsAnUndefinedMethod_ForAnIdentity(AuthenticationMethod method)
    {
        FluentActions.Invoking(() => new AuthenticatedIdentity("alice", method, Clients.Tls(Clients.Certificate())))
            .Should().ThrowExactly<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new AuthenticatedIdentity("alice", method, null)).Should().ThrowExactly<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new AuthenticatedIdentity("alice", AuthenticationMethod.Certificate, null))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new AuthenticatedIdentity("alice", AuthenticationMethod.Certificate, Clients.Tls()))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new AuthenticatedIdentity("", AuthenticationMethod.Custom, null))
            .Should().ThrowExactly<ArgumentException>();
    }

    public static TheoryData<string, SanErrorKind, int> WhiteSpace => new()
    {
        { new('\t', 65_000), SanErrorKind.Empty, 0 },
        { "DNS:a" + new string('\t', 65_000), SanErrorKind.None, 0 },
        { new string('\t', 60_000) + "DNS:a", SanErrorKind.None, 0 },
        { "DNS:a" + new string('\t', 65_000) + "b", SanErrorKind.BadCharacter, 5 },
        { "DNS:" + new string('\t', 65_000) + "a", SanErrorKind.None, 0 },
        { "DNS:" + new string('\t', 65_000), SanErrorKind.EmptyValue, 65_004 },
        { "DNS:a" + string.Concat(Enumerable.Repeat(" \t", 32_000)), SanErrorKind.None, 0 },
        { "DNS:a" + string.Concat(Enumerable.Repeat(" \t", 32_000)) + ",", SanErrorKind.EmptyItem, 64_006 },
    };

    // The attack: after each tab, the parser searched the rest of the text for its end.
    [Theory, MemberData(nameof(WhiteSpace))]
    public void TryParse_IsLinearInWhiteSpace(string text, SanErrorKind kind, int index)
    {
        SanRequirement.TryParse(text, out _, out _).Should().Be(kind == SanErrorKind.None);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool parsed = SanRequirement.TryParse(text, out SanRequirement? requirement, out SanError error);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        (error.Kind, error.Index).Should().Be((kind, index));
        parsed.Should().Be(kind == SanErrorKind.None);
        (requirement?.ToString()).Should().Be(parsed ? "DNS:a" : null);
        allocated.Should().BeInRange(0, (text.Length * 8) + 10_000);
    }

    // Not an attack, but a way to hide one: the log truncated two long names before their first difference.
    [Fact]
    public async Task Explain_ReportsTheFirstDifferenceOfLongNames()
    {
        string head = string.Concat(Enumerable.Range(0, 100).Select(i => $"/OU=unit {i}"));
        TestName name = TestName.Of([.. Enumerable.Range(0, 100).Select(i => ("OU", $"unit {i}")), ("CN", "mallory")]);
        LoginRequirement requirement = LoginRequirement.Parse($"SUBJECT '{head}/CN=alice'");
        TlsConnectionInfo connection = Clients.Tls(Clients.Certificate(name));
        Account account = Account.WithCertificate("alice", requirement);

        AuthenticationResult result = await new CertificateAuthenticator().AuthenticateAsync(
            new(account, connection), TestContext.Current.CancellationToken);

        result.Rejection!.Reason.Should().Be(RejectionReason.SubjectMismatch);
        result.Rejection.Difference.Should().Be("RDN 101: CN=alice is required, CN=mallory is presented");
        result.ToString().Should().Contain(result.Rejection.Difference!);
        requirement.Explain(connection)[^1].ToString().Should().Contain(result.Rejection.Difference!);
        result.ToString().Length.Should().BeInRange(1, 3 * VocabularyBounds.MaxLogTextLength);
    }

    // The attack: a clause with a stored form that is too long to be read. The account would reject every login.
    [Fact]
    public void TryParse_RejectsAName_WhenItsCanonicalFormIsTooLong()
    {
        DistinguishedName.TryParse("/CN=" + new string('/', 600_000), out _, out NameError error).Should().BeFalse();
        Assert.True(DistinguishedName.TryParse("/CN=" + new string('/', 500_000), out DistinguishedName? name, out _));

        error.Kind.Should().Be(NameErrorKind.TooLarge);
        name.ToString().Length.Should().Be(1_000_004);
        DistinguishedName.Parse(name.ToString()).Should().Be(name);
    }

    [Fact]
    public void ToString_StaysWithinTheLimit_ForTheLongestEncodedName()
    {
        byte[] encoded = Name(Rdn(Attribute(CommonName, T61, [.. Enumerable.Repeat((byte)0x80, 100_000)])));

        Assert.True(DistinguishedName.TryParseDer(encoded, out DistinguishedName? name, out NameError error), error.ToString());

        name.ToString().Length.Should().Be("/CN=".Length + (100_000 * "\\xC2\\x80".Length));
        DistinguishedName.Parse(name.ToString()).Should().Be(name);
        name.MatchesDer(encoded).Should().BeTrue();
    }

    // A kind of error that a later version adds must not throw in the log of an application.
    [Fact]
    public void ToString_ReturnsAText_ForUndefinedErrorKinds()
    {
        string[] texts =
        [
            new NameError((NameErrorKind)99, 1).ToString(), new SanError((SanErrorKind)99, 1).ToString(),
            new CipherListError((CipherListErrorKind)99, 1, null).ToString(), new RequirementError((RequirementErrorKind)99, 1).ToString(),
            new RequirementError(RequirementErrorKind.BadName, 1) { Name = (NameErrorKind)99 }.ToString(),
            new RequirementError(RequirementErrorKind.RepeatedOption, 1, (RequirementPart)99).ToString(),
            new CertificateError((CertificateErrorKind)99, 1).ToString(),
            new TrustBundleError((TrustBundleErrorKind)99, 1, 2).ToString(),
            new PublicKeyInfo((PublicKeyKind)99, 0, null).ToString(), new RejectionDetails().ToString() + "-",
        ];

        texts.Should().AllSatisfy(text => text.Should().NotBeNullOrEmpty());
        texts[..5].Should().AllSatisfy(text => text.Should().Contain("99"));
    }
}
