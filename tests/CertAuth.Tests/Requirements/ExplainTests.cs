using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

public sealed class ExplainTests
{
    private const string AllOptions = "CIPHER 'AES128-SHA' ISSUER '/CN=i' SUBJECT '/CN=s' SAN 'DNS:d'";

    /// <summary>The maximum length of a text: a log text of the maximum length with every character escaped, and the note that it was
    /// truncated.</summary>
    private const int MaxCheckText = (VocabularyBounds.MaxLogTextLength * 8) + 40;

    private static readonly TestName[] s_names =
    [
        TestName.Of(("CN", "i")), TestName.Of(("CN", "s")), TestName.Of(("CN", "i\n\u001B[2J\u202E")), TestName.Of(), Clients.MalformedName,
        TestName.Of(("CN", new string('\0', 2_000))), TestName.FromRdns(new TestRdn()),

        // A parsed name may not have so many attributes in one RDN.
        TestName.FromRdns(new TestRdn([.. Enumerable.Range(0, 100).Select(i => new TestNameAttribute("OU", $"u{i}"))])),
    ];

    private static readonly byte[][] s_sans =
    [
        TestSan.Encode(TestSan.Dns("d")), TestSan.Encode(TestSan.Dns("x, DNS:d")), [0x30, 0x00], [],
        TestSan.Encode([.. Enumerable.Range(0, 300).Select(i => TestSan.Uri($"spiffe://d/{i}"))]),
        TestSan.Encode(TestSan.Raw(0xA4, TestName.Of(("CN", "a\nb")).Encode()), TestSan.Dns("d")),
    ];

    private static Gen<TlsConnectionInfo?> Connections { get; } = Gen.Frequency(
        (1, Gen.Constant<TlsConnectionInfo?>(null)),
        (1, Gen.Constant<TlsConnectionInfo?>(Clients.Tls())),
        (1, Gen.Constant<TlsConnectionInfo?>(Clients.TlsRejected(new(RejectionReason.CertificateExpired, "a\n", "b\u001B")))),
        (12,
            from issuer in Gen.Elements(s_names)
            from subject in Gen.Elements(s_names)
            from sans in Gen.Elements(s_sans).ListOf().Select(list => list.Take(2))
            from suite in Gen.Elements(Clients.Aes128, Clients.Aes256)
            let certificate = Clients.Certificate(subject, issuer, extensions: [.. sans.Select(san => Clients.San(san))])
            select (TlsConnectionInfo?)Clients.Tls(certificate, suite)));

    private static Gen<LoginRequirement> Requirements { get; } = Gen.OneOf(
        Generators.Requirement,
        Gen.Constant(LoginRequirement.FromStored(new("abc"))),
        from cipher in Gen.Elements("", "CIPHER 'TLS_AES_128_GCM_SHA256' ")
        from issuer in Gen.Elements("", "ISSUER '/CN=i' ", "ISSUER '/CN=i\\\\x0A\\\\x1B[2J\u202E' ")
        from subject in Gen.Elements("", "SUBJECT '/CN=s' ", "SUBJECT '/CN=i' ")
        from san in Gen.Elements("", "SAN 'DNS:d'", "SAN 'DNS:d,URI:spiffe://d/299'")
        let clause = cipher + issuer + subject + san
        select clause.Length == 0 ? LoginRequirement.X509 : LoginRequirement.Parse(clause));

    [Fact]
    public void Explain_AgreesWithEvaluate() => Prop.ForAll(Requirements.Zip(Connections).ToArbitrary(), c =>
    {
        (LoginRequirement requirement, TlsConnectionInfo? connection) = c;
        ImmutableArray<RequirementCheck> checks = requirement.Explain(connection);
        RejectionReason reason = requirement.Evaluate(connection);
        RequirementCheck[] misses = [.. checks.Where(check => !check.IsMet).DistinctBy(check => check.Alternative)];
        bool isMet = checks.Where(check => check.Alternative == 0).All(check => check.IsMet)
            && (requirement.Alternatives.IsEmpty || misses.Length < requirement.Alternatives.Length);
        return (reason == RejectionReason.None) == isMet
            && (isMet || misses.Any(check => check.Reason == reason && check.Details == requirement.ExplainRejection(connection)))
            && checks.Select(check => check.Part).SequenceEqual(GetExpectedParts(requirement))
            && checks.All(check => IsSafeForALog(check.Required) && IsSafeForALog(check.Presented) && IsSafeForALog(check.Difference)
                && !check.ToString().Any(char.IsControl));
    }).Check(Generators.Times(4000));

    [Fact]
    public void Explain_ListsEveryCheck_WhenSomeFail()
    {
        ImmutableArray<RequirementCheck> checks = LoginRequirement.Parse(AllOptions).Explain(Clients.Tls(Clients.Certificate(
            TestName.Of(("CN", "x\ny")), TestName.Of(("CN", "i")), [TestSan.Dns("e"), TestSan.Uri("x:a,b")])));

        checks.Select(check => check.ToString()).Should().Equal(
            "The TLS requirement is met. Required: TLS; presented: TLSv1.3.",
            "The CIPHER requirement is not met. Required: AES128-SHA; presented: TLS_AES_128_GCM_SHA256.",
            "The certificate requirement is met. Required: a verified client certificate; presented: /CN=x\\x0Ay.",
            "The ISSUER requirement is met. Required: /CN=i; presented: /CN=i.",
            "The SUBJECT requirement is not met. Required: /CN=s; presented: /CN=x\\x0Ay "
                + "(RDN 1: CN=s is required, CN=x\\x0Ay is presented).",
            "The SAN requirement is not met. Required: DNS:d; presented: DNS:e,URI:x:a\\,b.");
        checks.Select(check => check.Reason).Should().Equal(
            RejectionReason.None,
            RejectionReason.CipherMismatch,
            RejectionReason.None,
            RejectionReason.None,
            RejectionReason.SubjectMismatch,
            RejectionReason.SanMismatch);
    }

    [Fact]
    public void Explain_ListsEveryCheck_WithoutTls()
    {
        ImmutableArray<RequirementCheck> checks = LoginRequirement.Parse(AllOptions).Explain(null);

        checks.Length.Should().Be(6);
        checks.Should().AllSatisfy(check => check.IsMet.Should().BeFalse());
        checks.Select(check => check.Reason).Should().Equal(
            RejectionReason.InsecureTransport,
            RejectionReason.CipherMismatch,
            RejectionReason.CertificateMissing,
            RejectionReason.IssuerMismatch,
            RejectionReason.SubjectMismatch,
            RejectionReason.SanMismatch);
        checks[1..].Should().AllSatisfy(check => check.Presented.Should().BeNull());
        checks.Select(check => check.Required).Should().Equal(
            "TLS", "AES128-SHA", "a verified client certificate", "/CN=i", "/CN=s", "DNS:d");
    }

    [Fact]
    public void Explain_ReportsARejectedCertificate()
    {
        TlsConnectionInfo connection = Clients.TlsRejected(new(RejectionReason.CertificateExpired, "now\n", null));

        RequirementCheck check = LoginRequirement.X509.Explain(connection)[1];

        (check.Part, check.Reason).Should().Be((RequirementPart.Certificate, RejectionReason.CertificateMissing));
        check.Presented.Should().Contain("a rejected certificate: A certificate has expired. Required: now");
        Assert.DoesNotContain('\n', check.ToString());
    }

    [Fact]
    public void Explain_ReportsMalformedParts()
    {
        ParsedCertificate certificate = Clients.Certificate(
            Clients.MalformedName, Clients.MalformedName, extensions: [Clients.San(), Clients.San()]);
        ImmutableArray<RequirementCheck> checks = LoginRequirement.Parse(AllOptions).Explain(Clients.Tls(certificate));

        checks[3..].Select(check => check.Reason).Should().Equal(
            RejectionReason.IssuerMalformed, RejectionReason.SubjectMalformed, RejectionReason.SanMalformed);
        checks[3].Presented.Should().StartWith("a name that cannot be read: The value at byte");
        checks[4].Presented.Should().StartWith("a name that cannot be read: The value at byte");
        checks[5].Presented.Should().Be("the extension more than once");
    }

    [Fact]
    public void Explain_AgreesWithEvaluate_WhenANameIsTooLarge()
    {
        TestName wide = TestName.FromRdns(new TestRdn([.. Enumerable.Range(0, 100).Select(i => new TestNameAttribute("OU", $"u{i}"))]));
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=s'");
        TlsConnectionInfo connection = Clients.Tls(Clients.Certificate(wide));

        requirement.Evaluate(connection).Should().Be(RejectionReason.SubjectMalformed);
        requirement.Explain(connection)[2].Reason.Should().Be(RejectionReason.SubjectMalformed);
        requirement.Explain(connection)[2].Presented.Should().StartWith("a name that cannot be read: The name exceeds a limit");
    }

    [Theory]
    [InlineData("NONE", 0)]
    [InlineData("TOKEN_ISSUER 'i'", 0)]
    [InlineData("SSL", 1)]
    [InlineData("X509", 2)]
    [InlineData("SAN 'DNS:d'", 3)]
    public void Explain_ListsOnlyTheRequiredChecks(string clause, int count)
    {
        LoginRequirement.Parse(clause).Explain(null).Length.Should().Be(count);
        LoginRequirement.Parse(clause).Explain(Clients.Tls(Clients.Certificate())).Length.Should().Be(count);
    }

    [Fact]
    public void Explain_TruncatesLongTexts()
    {
        ParsedCertificate certificate = Clients.Certificate(
            TestName.Of(("CN", new string('x', 100_000))), sans: [TestSan.Dns(new string('d', 20_000))]);
        ImmutableArray<RequirementCheck> checks = LoginRequirement.Parse(AllOptions).Explain(Clients.Tls(certificate));

        checks.Should().AllSatisfy(check => check.ToString().Length.Should().BeInRange(10, 4 * VocabularyBounds.MaxLogTextLength));
        checks[4].Presented.Should().EndWith("… (100004 characters)");
    }

    [Fact]
    public void ToString_IsASentenceWithoutEnumNames_ForEveryCheck()
    {
        ImmutableArray<RequirementCheck>[] all =
        [
            LoginRequirement.Parse(AllOptions).Explain(null),
            LoginRequirement.X509.Explain(Clients.TlsRejected(new(RejectionReason.CertificateExpired, "now", null))),
            LoginRequirement.FromStored(new("abc")).Explain(null),
        ];

        string[] reasons = [.. Enum.GetNames<RejectionReason>().Where(name => name != nameof(RejectionReason.None))];

        all.SelectMany(checks => checks).Should().AllSatisfy(check =>
        {
            string text = check.ToString();
            text.Should().MatchRegex(@"^The \S+ requirement is (not )?met\. Required: .*[^.]\.$");
            reasons.Should().AllSatisfy(name => text.Should().NotContain(name));
        });
        all[2].Single().ToString().Should().Be(
            "The stored requirement is not met. Required: a stored requirement that can be read; presented: a malformed one.");
    }

    private static IEnumerable<RequirementPart> GetExpectedParts(LoginRequirement requirement) => requirement.Kind switch
    {
        RequirementKind.Malformed => [RequirementPart.Record],
        RequirementKind.None => [],
        RequirementKind.Ssl => [RequirementPart.Transport],
        RequirementKind.X509 => [RequirementPart.Transport, RequirementPart.Certificate],
        _ => requirement.Alternatives.SelectMany(alternative => (RequirementPart[])
        [
            .. alternative.Options.Where(option => option is CipherOption).Select(option => option.Part),
            RequirementPart.Certificate,
            .. alternative.Options.Where(option => option is not CipherOption).Select(option => option.Part),
        ]).Prepend(RequirementPart.Transport),
    };

    private static bool IsSafeForALog(string? text) =>
        text is null || (text.Length <= MaxCheckText && !text.Any(c => char.IsControl(c) || c == '\u202E'));
}
