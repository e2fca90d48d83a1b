using CertAuth.EndToEnd.Tests.Support;
using FluentAssertions;
using MySqlLogin.Accounts;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>Logins that MariaDB decided, asked for again by the real client: the same verdict, but for <c>exceptions.tsv</c>.</summary>
public sealed class ReplayTests(ReplaySite site) : IClassFixture<ReplaySite>
{
    private const int FewestReplayed = 50;

    public static TheoryData<string> Ids => RecordedLogin.File.IdsWhere(login => login.IsReplayed);

    [Theory, MemberData(nameof(Ids))]
    public async Task Verdict_AgreesWithMariaDb(string id)
    {
        RecordedLogin login = RecordedLogin.File[id];
        MariaDbClient.Need();
        bool isAccepted = AccountTable.TryRead(login.Statement, out _, out string? problem);

        Attempt attempt = await site.LogInAsync(
            login, "select current_user(); show status like 'Ssl_cipher'; show status like 'Ssl_version'");

        string[] lines = attempt.Printed.Split('\n');
        bool isIn = lines[0] == $"{id}@%";
        (isIn || lines[0].StartsWith("ERROR ", StringComparison.Ordinal)).Should().BeTrue(attempt.Printed);
        (attempt.Outcome == "allowed").Should().Be(isIn);
        string ours = (isAccepted, isIn) switch
        {
            (false, false) => ReplayException.Rejected,
            (true, false) => ReplayException.Deny,
            (true, true) => ReplayException.Allow,
            _ => "allow without an account",
        };
        ReplayException? exception = ReplayException.All.GetValueOrDefault(id);
        ours.Should().Be(
            (exception?.Ours ?? login.ExpectedVerdict),
            $"MariaDB: {login.ExpectedVerdict}; listed: {exception?.Ours}; we: {ours}, {attempt.Outcome}, {problem}");
        (exception is null || exception.Ours != login.ExpectedVerdict).Should().BeTrue("Listed as an exception, but MariaDB agrees.");
        if (ours == login.ExpectedVerdict)
            AssertDetailsAgree(login, lines, attempt);
    }

    [Fact]
    public void AtLeastFiftyLogins_AreReplayedAndAgree()
    {
        int agreeing = RecordedLogin.File.All.Count(login =>
            login.IsReplayed && !ReplayException.All.ContainsKey(login.Id) && ReplaySite.IsAccepted(login.Statement));
        agreeing.Should().BeGreaterThanOrEqualTo(FewestReplayed, $"{agreeing}");
    }

    [Fact]
    public void Exceptions_NameLoginsThatAreReplayed()
    {
        HashSet<string> replayed = [.. RecordedLogin.File.All.Where(login => login.IsReplayed).Select(login => login.Id)];
        ReplayException.All.Keys.Should().AllSatisfy(id => replayed.Should().Contain(id));
    }

    // Where the verdict is the same: the suite and version that the client fixed, and the reason that MariaDB logged.
    private static void AssertDetailsAgree(RecordedLogin login, string[] lines, Attempt attempt)
    {
        Assert.Subset(lines.ToHashSet(), login.FixedSession.ToHashSet());
        if (login.ExpectedVerdict != ReplayException.Deny)
            return;
        bool isTold = login.Error!.StartsWith("ERROR 1045 ", StringComparison.Ordinal);
        attempt.Text("event").Should().Be(isTold ? "login" : "handshake");
        if (isTold)
            attempt.Printed.Should().Be(Attempt.Denied(login.Id));
        if (login.LoggedReason is { } reason)
            attempt.Outcome.Should().Be(reason);
    }
}
