namespace CertAuth.Tests.Logins;

/// <summary>Compares the verdicts of CertAuth with those of real servers. A difference must be in <c>exceptions.tsv</c>, and a line there
/// must be a difference.</summary>
public sealed class LoginVectorTests
{
    private static readonly Dictionary<(string Id, string Server), LoginException> s_exceptions = LoginException.Load();

    public static TheoryData<string> MariaDbLogins => LoginServer.MariaDb.Logins.Ids;

    public static TheoryData<string> MySqlLogins => LoginServer.MySql.Logins.Ids;

    [Theory, MemberData(nameof(MariaDbLogins))]
    public void Evaluate_AgreesWithMariaDb(string id) => AssertAgrees(LoginServer.MariaDb, "mariadb", id);

    [Theory, MemberData(nameof(MySqlLogins))]
    public void Evaluate_AgreesWithMySql(string id) => AssertAgrees(LoginServer.MySql, "mysql", id);

    [Fact]
    public void Exceptions_NameExistingLogins()
    {
        HashSet<(string, string)> logins =
        [
            .. LoginServer.MariaDb.Logins.All.Select(login => (login.Id, "mariadb")),
            .. LoginServer.MySql.Logins.All.Select(login => (login.Id, "mysql")),
        ];

        s_exceptions.Keys.Should().AllSatisfy(key => logins.Should().Contain(key));
    }

    private static void AssertAgrees(LoginServer server, string name, string id)
    {
        LoginVector login = server.Logins[id];

        string? rejection = server.FindRejection(login);

        string ours = rejection is null ? "allow" : "deny";
        string theirs = login.IsAccepted ? "allow" : "deny";
        string expected = s_exceptions.TryGetValue((id, name), out LoginException? exception) ? exception.Ours : theirs;
        string listed = exception?.Ours ?? "none";
        ours.Should().Be(expected, $"{name} {id}: server {theirs}, listed {listed}, CertAuth {ours}: {rejection}; {login.EffectiveClause}");
        (exception is null || exception.Ours != theirs).Should().BeTrue($"{name} {id} is listed as an exception, but the server agrees.");
    }
}
