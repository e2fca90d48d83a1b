using CertAuth.MySqlServer.Accounts;

namespace CertAuth.EndToEnd.Tests.Accounts;

public sealed class AccountStatementTests
{
    // Statements from the documentation of TiDB.
    [Theory]
    [InlineData(
        "CREATE USER 'user@pingcap.com' IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'issuer-abc' "
        + "ATTRIBUTE '{\"email\": \"user@pingcap.com\"}';",
        "user@pingcap.com@%",
        3)]
    [InlineData("create user 'u1'@'%' require issuer '/C=US/CN=ca' subject '/C=US/CN=c' san 'URI:spiffe://a/b';", "u1@%", 1)]
    [InlineData("CREATE USER u1@'10.0.0.1' REQUIRE X509", "u1@10.0.0.1", 2)]
    [InlineData("-- it is a comment\nCREATE USER IF NOT EXISTS \"u1\" REQUIRE SUBJECT '/CN=a;ATTRIBUTE b';", "u1@%", 1)]
    public void Statement_CreatesAnAccount(string statement, string name, int method)
    {
        StatementReader.TryReadAll(statement, out List<LoginAccount>? accounts, out string? problem).Should().BeTrue(problem);
        LoginAccount account = accounts.Should().ContainSingle().Which;
        (account.ToString(), account.Policy.Method).Should().Be((name, (AuthenticationMethod)method));
    }

    [Theory]
    [InlineData("DROP USER u1")]
    [InlineData("CREATE USER ''")]
    [InlineData("CREATE USER u1@'10.%'")]
    [InlineData("CREATE USER u1@localhost")]
    [InlineData("CREATE USER u1 IDENTIFIED BY 'secret'")]
    [InlineData("CREATE USER u1 IDENTIFIED WITH 'mysql_native_password'")]
    [InlineData("CREATE USER u1 REQUIRE SUBJECT 'CN=a'")]
    [InlineData("CREATE USER u1 REQUIRE SUBJECT '/CN=a' ACCOUNT LOCK")]
    [InlineData("CREATE USER u1 REQUIRE SSL, u2 REQUIRE SSL")]
    [InlineData("CREATE USER u1 REQUIRE SUBJECT '/CN=a")]
    [InlineData("CREATE USER u1 /* REQUIRE SSL")]
    [InlineData("CREATE USER u1 ATTRIBUTE 'email'")]
    [InlineData("CREATE USER u1 ATTRIBUTE '{\"email\": 1}'")]
    [InlineData("CREATE USER u1 ATTRIBUTE '{\"email\": \"a\", \"email\": \"b\"}'")]
    [InlineData("CREATE USER u1 PASSWORD EXPIRE")]
    [InlineData("CREATE USER u1 REQUIRE SSL; CREATE USER u1@'%';")]
    [InlineData("CREATE USER u1 REQUIRE SSL$x")]
    [InlineData("CREATE USER u1@'::ffff:10.0.0.1'")]
    [InlineData("CREATE USER u1@'\\%'")]
    public void Statement_IsRejected_WhenNotFullyUnderstood(string statement)
    {
        AccountTable.TryRead(statement, out _, out string? problem).Should().BeFalse();
        problem.Should().NotBeNullOrEmpty();
    }

    // Attack: MySQL, MariaDB or TiDB execute such a comment. Without the requirement in it, the account would accept every login.
    [Theory]
    [InlineData("CREATE USER u1 /*! REQUIRE X509 */;")]
    [InlineData("CREATE USER u1 /*!50706 REQUIRE X509 */;")]
    [InlineData("CREATE USER u1 /*M!100100 REQUIRE X509 */;")]
    [InlineData("CREATE USER u1 /*T! REQUIRE X509 */;")]
    [InlineData("CREATE USER u1 /*T![auth] REQUIRE X509 */;")]
    public void ExecutableComment_IsRejected(string statement) => AccountTable.TryRead(statement, out _, out _).Should().BeFalse();

    [Fact]
    public void OrdinaryComment_IsIgnored() =>
        AccountTable.TryRead("CREATE USER u1 /* ! */ REQUIRE SSL; /*Table! */", out _, out _).Should().BeTrue();

    // MySQL's escapes: \_ and \% remain two characters.
    [Theory]
    [InlineData(@"'a\_b'", @"a\_b")]
    [InlineData(@"'a\%b'", @"a\%b")]
    [InlineData(@"'a\nb'", "a\nb")]
    [InlineData(@"'a\'b'", "a'b")]
    public void Escapes_FollowMySql(string literal, string name)
    {
        Assert.True(StatementReader.TryReadAll($"CREATE USER {literal}", out List<LoginAccount>? accounts, out string? problem), problem);
        accounts[0].Policy.UserName.Should().Be(name);
    }

    // Attack: if TOKEN_ISSUER were ignored for an account without token, the account would accept every login.
    [Fact]
    public void TokenIssuer_IsRejected_WithoutToken() =>
        AccountTable.TryRead("CREATE USER u1 REQUIRE TOKEN_ISSUER 'issuer-abc'", out _, out _).Should().BeFalse();

    [Fact]
    public void ToStatement_RoundTrips()
    {
        const string Statement =
            "CREATE USER 'o''b\\\\'@'%' IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'i' ATTRIBUTE '{\"email\":\"a@b\"}'";
        Assert.True(StatementReader.TryReadAll(Statement, out List<LoginAccount>? accounts, out _));
        accounts[0].Policy.UserName.Should().Be(@"o'b\");
        accounts[0].ToStatement().Should().Be(Statement);
    }

    [Fact]
    public void Find_PrefersTheExactAddress()
    {
        Assert.True(AccountTable.TryRead("CREATE USER u1; CREATE USER u1@'10.0.0.1';", out AccountTable? table, out _));
        (table.Find("u1", "10.0.0.1")?.Host).Should().Be("10.0.0.1");
        (table.Find("u1", "10.0.0.2")?.Host).Should().Be("%");
        table.Find("U1", "10.0.0.1").Should().BeNull();
    }
}
