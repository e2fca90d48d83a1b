using CertAuth.Requirements;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Planning;

namespace CertAuth.Tool.Tests.Planning;

public sealed class AccountsFileTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string, string> Statements { get; } = new()
    {
        { "CREATE USER u", "u", "REQUIRE NONE" },
        { "create user if not exists 'u'@'%' require ssl;", "u@%", "REQUIRE SSL" },
        { "CREATE USER `a``b`@localhost REQUIRE X509", "a`b@localhost", "REQUIRE X509" },
        { @"CREATE USER 'o''br\'ien'@""10.0.0.1"" REQUIRE X509;;", "o'br'ien@10.0.0.1", "REQUIRE X509" },
        {
            "CREATE USER u IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'idp' ATTRIBUTE '{\"email\":\"u@e\"}'",
            "u",
            "REQUIRE TOKEN_ISSUER 'idp'"
        },
        { "CREATE USER u IDENTIFIED WITH mysql_native_password AS '*AB' REQUIRE SUBJECT '/CN=u'", "u", "REQUIRE SUBJECT '/CN=u'" },
        {
            "CREATE USER u IDENTIFIED BY 'it''s; a secret' REQUIRE SUBJECT '/CN=u' AND ISSUER '/CN=CA';",
            "u",
            "REQUIRE ISSUER '/CN=CA' SUBJECT '/CN=u'"
        },
        {
            "CREATE USER u REQUIRE SUBJECT_CONTAINS '/OU=x' AND SAN 'email:u@Example.com' OR SUBJECT \"/CN=u\" -- the old one\n;",
            "u",
            "REQUIRE SUBJECT_CONTAINS '/OU=x' SAN 'EMAIL:u@Example.com' OR SUBJECT '/CN=u'"
        },
        {
            $"CREATE USER u REQUIRE PUBLIC_KEY '{Digest}' TOKEN_ISSUER 'i' or\nCERTIFICATE '{Digest}' TOKEN_ISSUER 'i' ATTRIBUTE '{{}}';",
            "u",
            $"REQUIRE PUBLIC_KEY 'sha256:{Digest}' TOKEN_ISSUER 'i' OR CERTIFICATE 'sha256:{Digest}' TOKEN_ISSUER 'i'"
        },
        { $"u\tISSUER_KEY '{Digest}' SUBJECT '/CN=u'", "u", $"REQUIRE ISSUER_KEY 'sha256:{Digest}' SUBJECT '/CN=u'" },
        { "-- the first\n# of\n/* one\n*/ CREATE /**/ USER\tu -- here\n REQUIRE X509 # end", "u", "REQUIRE X509" },
        { "u\tX509", "u", "REQUIRE X509" },
        { "\uFEFF# users\r\n\r\nu@%\tREQUIRE SUBJECT '/CN=u'\r\n", "u@%", "REQUIRE SUBJECT '/CN=u'" },
    };

    [Theory, MemberData(nameof(Statements))]
    public void Read_ReadsAnAccount(string text, string name, string clause)
    {
        AccountEntry account = AccountsFile.Read(text, "accounts").Should().ContainSingle().Which;

        (account.Name, account.Requirement).Should().Be((name, LoginRequirement.Parse(clause)));
    }

    [Fact]
    public void Read_CountsLines() =>
        AccountsFile.Read("\nCREATE USER a;\nCREATE USER b REQUIRE\nX509;\nCREATE USER c", "accounts")
            .Select(account => (account.Name, account.Line)).Should().Equal(("a", 2), ("b", 3), ("c", 5));

    public static TheoryData<string, string> MalformedFiles { get; } = new()
    {
        { "", "accounts contains no account" },
        { "# nothing\n", "accounts contains no account" },
        { "DROP USER u", "line 1: Expected CREATE USER" },
        { "CREATE USER a;\nDROP USER b", "line 2: Expected CREATE USER" },
        { "CREATE USER 'a", "line 1: Expected a user" },
        { "CREATE USER a@", "line 1: Expected a host" },
        { "CREATE USER IF EXISTS a", "line 1: Expected IF NOT EXISTS" },
        { "CREATE USER a, b REQUIRE X509", "line 1: Expected the end of the statement" },
        { "CREATE USER a REQUIRE X509 AND SUBJECT '/CN=a'", "line 1:" },
        { "CREATE USER a REQUIRE SUBJECT '/CN=a'\nSUBJCT '/CN=b'", "line 2: Expected the end of the statement" },
        { "CREATE USER a REQUIRE\nSUBJECT '/XX=a'", "line 2: SUBJECT: The attribute type" },
        { "CREATE USER a ATTRIBUTE", "line 1: Expected a string literal" },
        { "CREATE USER a /*!80000 REQUIRE X509 */", "line 1: Expected the end of the statement" },
        { "CREATE USER a /*M!100000 REQUIRE X509 */", "line 1: Expected the end of the statement" },
        { "CREATE USER a /*T![x] REQUIRE X509 */", "line 1: Expected the end of the statement" },
        { "CREATE USER a REQUIRE SUBJECT '/CN=a' 'b'", "line 1:" },
        { "CREATE USER a /* REQUIRE X509", "line 1: Expected the end of the statement" },
        { "CREATE USER a;\nCREATE USER a REQUIRE X509", "line 2: The account a is repeated." },
        { "a\tX509\nb X509", "line 2: Expected CREATE USER, or a user, a tab and a REQUIRE clause" },
        { "a\tX509\nb\tSUBJECT ''", "line 2:" },
        { "\tX509", "line 1: Expected CREATE USER" },
    };

    [Theory, MemberData(nameof(MalformedFiles))]
    public void Read_RejectsTheFile_WhenItIsMalformed(string text, string problem)
    {
        UserErrorException error = FluentActions.Invoking(() => AccountsFile.Read(text, "accounts"))
            .Should().ThrowExactly<UserErrorException>().Which;

        error.Message.Should().StartWith("accounts");
        error.Message.Should().Contain(problem);
        Assert.DoesNotContain('\n', error.Message);
    }
}
