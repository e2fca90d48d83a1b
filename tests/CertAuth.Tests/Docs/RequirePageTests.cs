using System.Net.Security;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Docs;

/// <summary>Compares docs/require.md with the code, and evaluates its clauses on certificates that a trust bundle verified.</summary>
public sealed partial class RequirePageTests
{
    private const string TokenIssuer = "https://issuer.example";

    private static readonly DocPage s_page = new("docs/require.md");

    private static readonly TestName s_caName = TestName.Of(("O", "Example"), ("CN", "Example CA"));
    private static readonly TestName s_aliceName = Person("Billing", "alice");
    private static readonly TestSan[] s_sans = [TestSan.Dns("web.example"), TestSan.Email("alice@example.com")];

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_sameNameCa = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_oldCa = TestCertificateAuthority.Create(TestName.Of(("CN", "Old CA")));
    private static readonly TestCertificate s_alice = s_ca.IssueClient(s_aliceName, s_sans);
    private static readonly TestCertificate s_renewal = s_ca.Issue(new() { Subject = s_aliceName, Sans = s_sans, Key = s_alice.Key });

    private static readonly TrustBundle s_bundle =
        TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem + s_sameNameCa.Pem + s_oldCa.Pem));

    // Differs from the connection of alice only in what the option compares.
    private static readonly Dictionary<string, (RejectionReason Reason, Func<TlsConnectionInfo> Connect)> s_unmet = new()
    {
        ["CIPHER"] = (RejectionReason.CipherMismatch, () => Connect(s_alice, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)),
        ["ISSUER"] = (RejectionReason.IssuerMismatch, () => Connect(s_oldCa.IssueClient(s_aliceName, s_sans))),
        ["ISSUER_KEY"] = (RejectionReason.IssuerKeyMismatch, () => Connect(s_sameNameCa.IssueClient(s_aliceName, s_sans))),
        ["SUBJECT"] = (RejectionReason.SubjectMismatch, () => Connect(s_ca.IssueClient(Person("Billing", "bob"), s_sans))),
        ["SUBJECT_CONTAINS"] = (RejectionReason.SubjectPartMissing, () => Connect(s_ca.IssueClient(Person("Sales", "alice"), s_sans))),
        ["SAN"] = (RejectionReason.SanMismatch, () => Connect(s_ca.IssueClient(s_aliceName, s_sans[0]))),
        ["CERTIFICATE"] = (RejectionReason.CertificateMismatch, () => Connect(s_renewal)),
        ["PUBLIC_KEY"] = (RejectionReason.PublicKeyMismatch, () => Connect(s_ca.IssueClient(s_aliceName, s_sans))),
    };

    // Clauses for each row of the table of stored forms.
    private static readonly Dictionary<string, string[]> s_stored = new()
    {
        ["`NONE`, `SSL`, `X509`"] = ["NONE", "SSL", "X509"],
        ["`SUBJECT`, `ISSUER`"] =
        [
            "SUBJECT '/CN=a'", "ISSUER '/CN=a'", "SUBJECT '/CN=a\\\\/b'", "SUBJECT '/CN=a=b'", "ISSUER '/CN=é'", "SUBJECT '/CN=a+OU=b'",
        ],
        ["`CIPHER`"] = ["CIPHER 'AES128-SHA' ISSUER '/CN=i'", "CIPHER 'AES128-SHA'", "CIPHER 'AES128-SHA:AES256-SHA'"],
        ["`SAN`"] = ["SAN 'DNS:a'", "SAN 'EMAIL:a@b'", "SAN 'URI:x:a\\\\,b'", "SAN 'URI:x:a\\\\\\\\b'"],
        ["the other options, `OR`"] =
        [
            $"ISSUER_KEY '{Digest('1')}' SUBJECT '/CN=a'", "SUBJECT_CONTAINS '/OU=a'", $"CERTIFICATE '{Digest('2')}'",
            $"PUBLIC_KEY '{Digest('3')}'", "SUBJECT '/CN=a' OR SUBJECT '/CN=b'",
        ],
        ["`TOKEN_ISSUER`"] = [$"TOKEN_ISSUER '{TokenIssuer}'", $"SSL TOKEN_ISSUER '{TokenIssuer}'"],
    };

    public static TheoryData<string> Clauses => [.. Clause().Matches(s_page.Text).Select(match => match.Value)];

    public static TheoryData<string, string> Examples =>
        [.. s_page.ReadRows("Options").Select(row => (row[0].Trim('`'), row[1].Trim('`')))];

    public static TheoryData<string> StoredRows => [.. s_stored.Keys];

    [Fact]
    public void Page_HasAClauseForEachOptionAndRecipe() => Clauses.Should().HaveCount(s_page.ReadRows("Options").Count() + 3);

    [Theory, MemberData(nameof(Clauses))]
    public void Clause_IsWellFormed(string clause)
    {
        bool isParsed = LoginRequirement.TryParse(Fill(clause), out LoginRequirement? requirement, out RequirementError error);

        isParsed.Should().BeTrue("{0}", error);
        LoginRequirement.Parse(requirement!.ToString()).Should().Be(requirement);
    }

    [Fact]
    public void Options_AreThoseOfTheCodeInTheOrderOfEvaluation() => s_page.ReadRows("Options").Select(row => row[0].Trim('`'))
        .Should().Equal(RequirementOptionTypes.All.Select(type => RequirementPartNames.GetName(type.Part)));

    [Fact]
    public void Options_AreThoseThatAnErrorLists() => string.Join(", ", s_page.ReadRows("Options").Select(row => row[0].Trim('`')))
        .Should().Be(RequirementPartNames.Options.Split(" or ")[0]);

    [Theory, MemberData(nameof(Examples))]
    public void Example_IsMetOnlyByACertificateThatFits(string option, string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(Fill(clause));
        (RejectionReason reason, Func<TlsConnectionInfo> connect) = s_unmet[option];

        requirement.Alternatives.Should().ContainSingle().Which.Options.Should().ContainSingle().Which.Keyword.Should().Be(option);
        requirement.Evaluate(Connect(s_alice)).Should().Be(RejectionReason.None);
        requirement.Evaluate(connect()).Should().Be(reason);
    }

    [Fact]
    public void StolenKey_IsRejected_AlthoughItsCaIsTrusted()
    {
        Account alice = ReadRecipe("alice");

        alice.Requirement.Evaluate(Connect(s_alice)).Should().Be(RejectionReason.None);
        alice.Requirement.Evaluate(Connect(s_sameNameCa.IssueClient(s_aliceName, s_sans))).Should().Be(RejectionReason.IssuerKeyMismatch);
    }

    [Fact]
    public void ReplacedCertificate_IsAcceptedBesideTheNewOne()
    {
        Account report = ReadRecipe("report");

        report.Requirement.Evaluate(Connect(s_alice)).Should().Be(RejectionReason.None);
        report.Requirement.Evaluate(Connect(s_renewal)).Should().Be(RejectionReason.None);
        report.Requirement.Evaluate(Connect(s_ca.IssueClient(s_aliceName, s_sans))).Should().Be(RejectionReason.CertificateMismatch);
    }

    [Fact]
    public void ServiceWithTwoNames_IsAcceptedUnderBoth()
    {
        Account web = ReadRecipe("web");
        TestName name = TestName.Of(("O", "Example"), ("CN", "web"));

        web.Requirement.Evaluate(Connect(s_ca.IssueClient(name, s_sans))).Should().Be(RejectionReason.None);
        web.Requirement.Evaluate(Connect(s_oldCa.IssueClient(name))).Should().Be(RejectionReason.None);
        web.Requirement.Evaluate(Connect(s_ca.IssueClient(name))).Should().Be(RejectionReason.SanMismatch);
    }

    [Fact]
    public void Commands_PrintDigestsThatCanBePasted()
    {
        using OpenSsl openSsl = new();
        openSsl.File("client.pem", s_alice.Pem);
        string[] commands = [.. Command().Matches(s_page.Text).Select(match => match.Groups["line"].Value)];

        string[] printed = [.. commands.Select(command => openSsl.RunShell(command).Trim())];

        printed.Should().HaveCount(2);
        LoginRequirement.Parse($"CERTIFICATE '{printed[0]}'").Evaluate(Connect(s_alice)).Should().Be(RejectionReason.None);
        LoginRequirement.Parse($"PUBLIC_KEY '{printed[1]}'").Evaluate(Connect(s_alice)).Should().Be(RejectionReason.None);
    }

    // "yes" and "no" are about each clause of the row; a condition accepts some of them.
    [Theory, MemberData(nameof(StoredRows))]
    public void StoredForm_ExistsAsTheTableSays(string row)
    {
        string[] cells = s_page.ReadRows("Stored requirements").Single(cells => cells[0] == row);

        foreach ((StoredRequirementFormat format, string cell) in Enum.GetValues<StoredRequirementFormat>().Zip(cells[1..]))
        {
            bool[] isStored = [.. s_stored[row].Select(clause => IsStored(clause, format)).Distinct()];
            bool[] expected = cell.Split(':')[0] switch
            {
                "yes" or "beside the JSON" => [true],
                "no" => [false],
                _ => [true, false],
            };
            isStored.Should().BeEquivalentTo(expected, "{0} in the format {1}: {2}", row, format, cell);
        }
    }

    [Fact]
    public void StoredForms_AreAllInTheTable() =>
        s_page.ReadRows("Stored requirements").Select(cells => cells[0]).Should().Equal(s_stored.Keys);

    private static bool IsStored(string clause, StoredRequirementFormat format)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);
        bool isStored = requirement.TryToStored(format, out StoredRequirement? stored, out RequirementError error);

        error.Kind.Should().Be(isStored ? RequirementErrorKind.None : RequirementErrorKind.NotStorable);
        if (isStored)
        {
            LoginRequirement.FromStored(stored!).Should().Be(requirement);
            stored!.Json.Should().NotContain(TokenIssuer);
        }

        return isStored;
    }

    // A recipe is a statement for an account that logs in by certificate.
    private static Account ReadRecipe(string userName)
    {
        Match statement = Statement().Matches(s_page.Text).Single(match => match.Groups["user"].Value == userName);
        return Account.WithCertificate(userName, Fill(statement.Groups["clause"].Value));
    }

    private static string Fill(string clause) => clause
        .Replace("{ca-key}", KeyOf(s_ca.Der), StringComparison.Ordinal)
        .Replace("{certificate}", DigestOf(s_alice.Der), StringComparison.Ordinal)
        .Replace("{key}", KeyOf(s_alice.Der), StringComparison.Ordinal)
        .Replace("{next}", DigestOf(s_renewal.Der), StringComparison.Ordinal);

    private static TestName Person(string unit, string commonName) => TestName.Of(("O", "Example"), ("OU", unit), ("CN", commonName));

    private static string Digest(char digit) => new(digit, 64);

    private static string DigestOf(ReadOnlyMemory<byte> der) => Convert.ToHexStringLower(ParsedCertificate.Parse(der.Span).Sha256.Span);

    private static string KeyOf(ReadOnlyMemory<byte> der) =>
        Convert.ToHexStringLower(ParsedCertificate.Parse(der.Span).PublicKeySha256.Span);

    private static TlsConnectionInfo Connect(TestCertificate leaf, TlsCipherSuite suite = Clients.Aes256)
    {
        s_bundle.TryVerify(leaf.Der.Span, [.. leaf.Chain], out VerifiedCertificate? verified, out Rejection? rejection)
            .Should().BeTrue("{0}", rejection);
        return Clients.TlsWith(verified, suite);
    }

    [GeneratedRegex(@"REQUIRE [A-Z_]+ '[^`\n]*")]
    private static partial Regex Clause();

    [GeneratedRegex(@"^CREATE USER '(?<user>\w+)'@'%' (?<clause>REQUIRE .*)$", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^\$ (?<line>openssl .*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
