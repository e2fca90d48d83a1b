using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Accounts;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>The recorded logins of MariaDB, repeated by the real client: the verdict is the same except for
/// <c>exceptions.tsv</c>.</summary>
public sealed class ReplayTests(ReplaySite site) : IClassFixture<ReplaySite>
{
    private const int MinAgreeing = 50;

    public static TheoryData<string> Ids => RecordedLogin.File.IdsWhere(login => login.IsReplayed);

    [Theory, MemberData(nameof(Ids))]
    public async Task Verdict_AgreesWithMariaDb(string id)
    {
        RecordedLogin login = RecordedLogin.File[id];
        MariaDbClient.SkipIfMissing();
        bool isAccepted = AccountTable.TryRead(login.Statement, out _, out string? problem);

        Attempt attempt = await site.LogInAsync(
            login, "select current_user(); show status like 'Ssl_cipher'; show status like 'Ssl_version'");

        string[] lines = attempt.Printed.Split('\n');
        bool isLoggedIn = lines[0] == $"{id}@%";
        (isLoggedIn || lines[0].StartsWith("ERROR ", StringComparison.Ordinal)).Should().BeTrue(attempt.Printed);
        (attempt.Outcome == "accepted").Should().Be(isLoggedIn);
        string verdict = (isAccepted, isLoggedIn) switch
        {
            (false, false) => ReplayException.Invalid,
            (true, false) => ReplayException.Rejected,
            (true, true) => ReplayException.Accepted,
            _ => "accepted without an account",
        };
        ReplayException? exception = ReplayException.All.GetValueOrDefault(id);
        verdict.Should().Be(
            exception?.Verdict ?? login.ExpectedVerdict,
            $"MariaDB: {login.ExpectedVerdict}; listed: {exception?.Verdict}; CertAuth: {verdict}, {attempt.Outcome}, {problem}");
        exception?.Verdict.Should().NotBe(login.ExpectedVerdict, "a login on which both agree must not be listed as an exception");
        if (verdict == login.ExpectedVerdict)
            AssertDetailsAgree(login, lines, attempt);
    }

    [Fact]
    public void AtLeastFiftyLogins_AreReplayedAndAgree()
    {
        int agreeing = RecordedLogin.File.All.Count(login =>
            login.IsReplayed && !ReplayException.All.ContainsKey(login.Id) && ReplaySite.IsAccepted(login.Statement));
        agreeing.Should().BeGreaterThanOrEqualTo(MinAgreeing, $"{agreeing}");
    }

    [Fact]
    public void Exceptions_ListOnlyReplayedLogins()
    {
        HashSet<string> replayed = [.. RecordedLogin.File.All.Where(login => login.IsReplayed).Select(login => login.Id)];
        ReplayException.All.Keys.Should().AllSatisfy(id => replayed.Should().Contain(id));
    }

    // If the verdicts agree, so do the suite and version that the client requested, and the reason that MariaDB logged.
    private static void AssertDetailsAgree(RecordedLogin login, string[] lines, Attempt attempt)
    {
        Assert.Subset(lines.ToHashSet(), login.FixedSession.ToHashSet());
        if (login.ExpectedVerdict != ReplayException.Rejected)
            return;
        bool isLoginError = login.Error!.StartsWith("ERROR 1045 ", StringComparison.Ordinal);
        attempt.Text("event").Should().Be(isLoginError ? "login" : "handshake");
        if (isLoginError)
            attempt.Printed.Should().Be(Attempt.AccessDenied(login.Id));
        if (login.LoggedReason is { } reason)
            attempt.Outcome.Should().Be(reason);
    }
}
