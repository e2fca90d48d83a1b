using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tls;

namespace CertAuth.Tests.Requirements;

public sealed class ClauseTests
{
    /// <summary>The suggestion in a row that matches any known suite.</summary>
    private const string AnySuggestion = "*";

    /// <summary>The keywords of all options, as an error lists them.</summary>
    private const string Keywords =
        "CIPHER, ISSUER, ISSUER_KEY, SUBJECT, SUBJECT_CONTAINS, SAN, CERTIFICATE, PUBLIC_KEY or TOKEN_ISSUER";

    private static readonly TsvFile s_rows = new("CertAuth.Tests/Requirements/clauses.tsv");

    public static TheoryData<string> Ids => [.. s_rows.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void TryParse_AgreesWithRow(string id)
    {
        string expected = s_rows[id][1];
        (string clause, int index) = TsvFile.RemoveCaret(s_rows[id][0]);

        bool parsed = LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error);

        parsed.Should().Be(expected[0] != '!');
        (requirement is not null).Should().Be(parsed);
        (parsed ? requirement!.ToString() : Describe(error, expected)).Should().Be(expected);
        index.Should().Be(parsed ? -1 : error.Index);
        (error == default).Should().Be(parsed);
        GetParseMessage(clause).Should().Be(parsed ? "" : error.ToString());
    }

    [Fact]
    public void ToString_RoundTrips()
    {
        foreach (string id in s_rows.Ids.Where(id => s_rows[id][1][0] != '!'))
        {
            string printed = s_rows[id][1];
            LoginRequirement requirement = LoginRequirement.Parse(TsvFile.RemoveCaret(s_rows[id][0]).Text);
            LoginRequirement again = LoginRequirement.Parse(printed);

            again.Should().Be(requirement);
            again.GetHashCode().Should().Be(requirement.GetHashCode());
            again.ToString().Should().Be(printed);
        }
    }

    [Fact]
    public void TryParse_ReadsEachPart()
    {
        LoginRequirement requirement = LoginRequirement.Parse(
            "REQUIRE CIPHER 'AES128-SHA' ISSUER '/CN=i' SUBJECT '/CN=s' SAN 'DNS:d' TOKEN_ISSUER 't'");

        requirement.Kind.Should().Be(RequirementKind.Specified);
        requirement.Alternatives[0].Find<CipherOption>()!.Suites
            .Should().Equal(System.Net.Security.TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
        requirement.Alternatives[0].Find<IssuerOption>()!.Name.Should().Be(DistinguishedName.Parse("/CN=i"));
        requirement.Alternatives[0].Find<SubjectOption>()!.Name.Should().Be(DistinguishedName.Parse("/CN=s"));
        requirement.Alternatives[0].Find<SanOption>()!.Requirement.Items.Should().ContainSingle().Which.Kind.Should().Be(SanKind.Dns);
        requirement.TokenIssuer.Should().Be("t");
        requirement.StorageError.Should().Be(default(RequirementError));
    }

    [Fact]
    public void TryParse_DoesNotRequireTls_WhenOnlyATokenIssuerIsRequired()
    {
        LoginRequirement requirement = LoginRequirement.Parse("TOKEN_ISSUER 'https://idp.example/'");

        requirement.Kind.Should().Be(RequirementKind.None);
        requirement.TokenIssuer.Should().Be("https://idp.example/");
        requirement.Evaluate(null).Should().Be(RejectionReason.None);
        requirement.Should().NotBe(LoginRequirement.None);
    }

    [Fact]
    public void TryParse_LimitsTheLength()
    {
        const string Option = "SSL";
        string longest = Option + new string(' ', RequirementBounds.MaxClauseLength - Option.Length);

        longest.Length.Should().Be(1_048_576);
        LoginRequirement.Parse(longest).Should().Be(LoginRequirement.Ssl);
        LoginRequirement.TryParse(longest + " ", out LoginRequirement? requirement, out RequirementError error).Should().BeFalse();
        requirement.Should().BeNull();
        (error.Kind, error.Index).Should().Be((RequirementErrorKind.TooLong, 1_048_576));
        error.ToString().Should().Contain("1048576");
    }

    // Escapes make the canonical clause longer than the text that is parsed.
    public static TheoryData<string, string> TooLongInCanonicalForm => new()
    {
        { "quotes", $"TOKEN_ISSUER \"{new string('\'', 600_000)}\"" },
        { "slashes", $"SUBJECT '/O=a{new string('/', 400_000)}'" },
        { "bytes", $"SUBJECT '/O={string.Concat(Enumerable.Repeat("\\\\0A", 220_000))}'" },
    };

    [Theory, MemberData(nameof(TooLongInCanonicalForm))]
    public void TryParse_RejectsClausesThatDoNotRoundTrip(string id, string clause)
    {
        LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error).Should().BeFalse(id);
        requirement.Should().BeNull();
        (error.Kind, error.Index).Should().Be((RequirementErrorKind.TooLong, clause.Length));
    }

    [Fact]
    public void TryParse_RejectsAddressesThatDoNotRoundTrip()
    {
        string clause = $"SAN 'URI:x:{new string('a', 65_400)}{string.Concat(Enumerable.Repeat(",IP:::ffff:a0a:a0a", 7))}'";

        LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error).Should().BeFalse();
        requirement.Should().BeNull();
        (error.Kind, error.San).Should().Be((RequirementErrorKind.BadSan, SanErrorKind.TooLong));
    }

    [Theory]
    [InlineData("TOKEN_ISSUER 'a''", "'", RequirementErrorKind.BadTokenIssuer, RequirementPart.TokenIssuer)]
    [InlineData("SUBJECT '/CN=\\\\\\\\", "'", RequirementErrorKind.BadName, RequirementPart.Subject)]
    [InlineData("SAN 'DNS:", "'", RequirementErrorKind.BadSan, RequirementPart.San)]
    [InlineData("SSL ", "", RequirementErrorKind.UnexpectedText, RequirementPart.None)]
    public void TryParse_RejectsAnUnpairedSurrogateAtItsIndex(string before, string after, RequirementErrorKind kind, RequirementPart part)
    {
        foreach (char surrogate in "\uD800\uDC00")
        {
            LoginRequirement.TryParse($"{before}{surrogate}{after}", out _, out RequirementError error).Should().BeFalse();
            (error.Kind, error.Part, error.Index).Should().Be((kind, part, before.Length));
        }
    }

    [Theory]
    [InlineData("SUBJECT '/O=x\\/CN=admin'", "Unknown escape at index 13; write \\\\ for a backslash in a string.")]
    [InlineData("SUBJECT '/CN=a' AND", "Expected {options} after AND, at index 19.")]
    [InlineData("SUBJECT '/CN=a' OR", "Expected {options} after OR, at index 18.")]
    [InlineData("(SUBJECT '/CN=a')", "Unexpected parenthesis at index 0; repeat the common options in each alternative.")]
    [InlineData(
        "SSL OR SUBJECT '/CN=a'",
        "The alternative at index 0 has no option other than TOKEN_ISSUER, so the others would have no effect; remove it.")]
    [InlineData("CERTIFICATE '0123456789abcdef0123456789abcdef'",
        "CERTIFICATE: The digest at index 13 has the length of SHA-1 or MD5. Use SHA-256.")]
    [InlineData("ISSUER '/CN=a' ISSUER '/CN=b'", "ISSUER is repeated at index 15; write each option once.")]
    [InlineData("TOKEN_ISSUER 'a' TOKEN_ISSUER 'b'", "TOKEN_ISSUER is repeated at index 17; write each option once.")]
    [InlineData("SUBJECT ''", "The value of SUBJECT at index 9 is empty; omit the option to accept any value.")]
    [InlineData("SAN 'IP:1'", "SAN: Expected an address at index 8, such as 10.0.0.1 or 2001:db8::1, without a zone, brackets or a port.")]
    [InlineData("SAN 'DirName:a@b'", "SAN: The kind of name at index 5 cannot be required; remove it.")]
    [InlineData(
        "CIPHER 'AES128-SHAx'",
        "CIPHER: The cipher suite at index 8 is unknown; the nearest name of a suite in use today is TLS_AES_128_GCM_SHA256.")]
    [InlineData("SUBJECT '/XX=a'", "SUBJECT: The attribute type at index 10 is unknown. Write a short name such as CN, or a dotted OID.")]
    public void ToString_OfAnError_NamesTheExpectedTextAndTheIndex(string clause, string expected)
    {
        LoginRequirement.TryParse(clause, out _, out RequirementError error).Should().BeFalse();
        error.ToString().Should().Be(expected.Replace("{options}", Keywords, StringComparison.Ordinal));
    }

    [Fact]
    public void GetIndexInClause_FindsEachCharacter()
    {
        const string Clause = """SAN 'a''b\\c\%d\_e\'f\n'""";
        const string Value = "a'b\\c\\%d\\_e'f\n";
        int[] expected = [5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 23];
        int position = 4;

        SqlString.Read(Clause, ref position, out string value, out _).Should().Be(RequirementErrorKind.None);
        value.Should().Be(Value);
        position.Should().Be(Clause.Length);
        Enumerable.Range(0, Value.Length + 1).Select(i => SqlString.GetIndexInClause(Clause, 4, i)).Should().Equal(expected);
    }

    [Fact]
    public void ToString_OfEveryKindOfError_IsASentence()
    {
        foreach (RequirementErrorKind kind in Enum.GetValues<RequirementErrorKind>())
            new RequirementError(kind, 3, RequirementPart.Subject).ToString().Should().EndWith(".");
        foreach (SanErrorKind kind in Enum.GetValues<SanErrorKind>())
            new SanError(kind, 3).ToString().Should().EndWith(".");
    }

    [Fact]
    public void Equals_DistinguishesRequirements()
    {
        string[] printed = [.. s_rows.Ids.Select(id => s_rows[id][1]).Where(text => text[0] != '!').Distinct()];
        LoginRequirement[] all = [.. printed.Select(LoginRequirement.Parse)];

        all.Distinct().Count().Should().Be(printed.Length);
        all[0].Equals(null).Should().BeFalse();
        all[0].Equals((object)"REQUIRE NONE").Should().BeFalse();
    }

    private static string Describe(RequirementError error, string expected)
    {
        string inner = error.Kind switch
        {
            RequirementErrorKind.BadName => $" {error.Name}",
            RequirementErrorKind.BadSan => $" {error.San}",
            RequirementErrorKind.BadCipher => $" {error.Cipher}",
            RequirementErrorKind.BadDigest => $" {error.Digest}",
            _ => "",
        };
        bool anyKnown = expected.EndsWith(AnySuggestion, StringComparison.Ordinal) && CipherSuites.TryParseName(error.Suggestion, out _);
        string suggestion = anyKnown ? AnySuggestion : error.Suggestion ?? "";
        return $"!{error.Kind} {error.Part}{inner} {suggestion}".TrimEnd();
    }

    private static string GetParseMessage(string clause)
    {
        try
        {
            LoginRequirement.Parse(clause);
            return "";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
