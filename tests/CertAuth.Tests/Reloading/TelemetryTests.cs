using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using Microsoft.Extensions.Logging;

namespace CertAuth.Tests.Reloading;

/// <summary>The log for the operator: each fact is logged once, in one line, and without secrets.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(s_start);
    private readonly RecordingLogger _logger = new();
    private readonly StubMaterialReader _reader = new(s_start);
    private readonly ReloadOptions _options;

    public TelemetryTests() => _options = new()
    {
        TimeProvider = _clock,
        Logger = _logger,
        SettleDelay = TimeSpan.Zero,
        PollInterval = TimeSpan.FromDays(7),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_IsLoggedWithItsWarnings()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; ; odd; odder"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options with { Name = "motd" });
        await ReloadAsync(note, origin, "first; ; ; odd; odder");
        await ReloadAsync(note, origin, "second");

        _logger.Lines.Should().Equal(
            new LogLine(1001, LogLevel.Information, "Loaded motd: first"),
            new LogLine(1004, LogLevel.Warning, "Loaded motd with a warning: odd"),
            new LogLine(1004, LogLevel.Warning, "Loaded motd with a warning: odder"),
            new LogLine(1001, LogLevel.Information, "Loaded motd: second"));
    }

    [Fact]
    public async Task Warnings_AreBounded()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; " + string.Concat(Enumerable.Repeat("; odd", 100))));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options);

        _logger.Of(1004).Count.Should().Be(20);
        note.Status.Warnings.Length.Should().Be(20);
    }

    [Fact]
    public async Task Problem_IsLoggedOncePerChange()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options);
        string?[] contents =
            ["!broken", "!broken", null, null, "!broken", "first", "first", "?thrown", "?thrown", "second", "!broken"];
        foreach (string? content in contents)
            await ReloadAsync(note, origin, content);

        const string Failed = "Failed to reload note: ";
        _logger.Lines.Select(line => (line.Id, line.Text)).Should().Equal(
            (1001, "Loaded note: first"),
            (1002, Failed + "broken"),
            (1002, Failed + "There is no content."),
            (1002, Failed + "broken"),
            (1003, "Recovered note: the last reload succeeded"),
            (1002, Failed + "FormatException: thrown"),
            (1001, "Loaded note: second"),
            (1003, "Recovered note: the last reload succeeded"),
            (1002, Failed + "broken"));
        _logger.Of(1002).Should().AllSatisfy(line => line.Level.Should().Be(LogLevel.Error));
        _logger.Of(1003).Should().AllSatisfy(line => line.Level.Should().Be(LogLevel.Information));
    }

    // The text of the problem contains the time, and differs at each reload.
    [Fact]
    public async Task ExpiredMaterial_IsLoggedOnce()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 100"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options);
        for (int i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            (await ReloadAsync(note, origin, "second; ; -1")).Outcome.Should().Be(ReloadOutcome.Failed);
        }

        _logger.Of(1002).Should().ContainSingle();
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await ReloadAsync(note, origin, "third; ; -1")).Outcome.Should().Be(ReloadOutcome.Failed);
        _logger.Of(1002).Count.Should().Be(2);
    }

    [Fact]
    public async Task ExpiredSigner_IsLoggedOnce()
    {
        _clock.Now = DateTimeOffset.UtcNow;
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate good = root.IssueClient(s_alice);
        TestCertificate late = root.Issue(new()
        {
            Subject = s_alice,
            NotBefore = _clock.GetUtcNow().AddDays(-3),
            NotAfter = _clock.GetUtcNow().AddDays(-2),
        });
        string certificate = _folder.Write("tls.crt", good.Pem);
        string key = _folder.Write("tls.key", good.PrivateKeyPem);
        using Reloadable<SigningKeyPair> pair = await SigningKeyPair.OpenAsync(certificate, key, _options, Cancellation);

        _folder.Write("tls.crt", late.Pem);
        _folder.Write("tls.key", late.PrivateKeyPem);
        for (int i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            ReloadResult result = await pair.ReloadAsync(Cancellation);
            result.Problem.Should().Contain("expired");
        }

        _logger.Of(1002).Should().ContainSingle();
    }

    [Fact]
    public async Task Expiry_IsReportedOnceBeforeAndOnceAfter()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 31"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options);
        for (int day = 0; day < 40; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await note.ReloadAsync(Cancellation);
        }

        _logger.Lines.Should().Equal(
            new LogLine(1001, LogLevel.Information, "Loaded note: first"),
            new LogLine(1005, LogLevel.Warning, "note or a part of it expires at 2026-02-02 03:04:05Z"),
            new LogLine(1006, LogLevel.Error, "note or a part of it expired at 2026-02-02 03:04:05Z"));
        await ReloadAsync(note, origin, "second; ; 60");
        _logger.Ids.Should().Equal(1001, 1005, 1006, 1001, 1005);
    }

    [Fact]
    public async Task Expiry_IsReported_WhenReloadsFail()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 31"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options);
        foreach (int days in new[] { 1, 1, 30, 1 })
        {
            _clock.Advance(TimeSpan.FromDays(days));
            await ReloadAsync(note, origin, null);
        }

        _logger.Ids.Should().Equal(1001, 1002, 1005, 1006);
    }

    [Fact]
    public async Task StaleMaterial_IsLoggedOnce()
    {
        GatedOrigin origin = new(StubMaterialReader.Note("first"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options with { MaxAge = TimeSpan.FromHours(1) });
        for (int i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(40));
            await ReloadAsync(note, origin, null);
        }

        note.Current.Should().Be("stale");
        _logger.Lines[^1].Should().Be(new LogLine(
            1007, LogLevel.Error, "Dropped note: no successful reload for 01:20:00; the material is no longer used"));
        await ReloadAsync(note, origin, "first");
        note.Current.Should().Be("first");
        _logger.Ids.Should().Equal(1001, 1002, 1007, 1001, 1003);
    }

    [Fact]
    public async Task LogEntries_StayOnOneLine()
    {
        const string Hostile = "a\n1001: all is well\u001b[2J\u202e";
        GatedOrigin origin = new(StubMaterialReader.Note($"{Hostile}; ; 1; {Hostile}"));
        using Reloadable<string> note = await origin.OpenAsync(_reader, _options with { Name = Hostile, MaxAge = TimeSpan.FromMinutes(1) });
        await ReloadAsync(note, origin, $"!{Hostile}");
        await ReloadAsync(note, origin, $"?{Hostile}");
        _clock.Advance(TimeSpan.FromDays(2));
        await ReloadAsync(note, origin, $"!{Hostile}");
        MaterialStatus status = note.Status;
        await ReloadAsync(note, origin, "first");

        _logger.Ids.Distinct().Order().Should().Equal(1001, 1002, 1003, 1004, 1005, 1006, 1007);
        _logger.Lines.Should().AllSatisfy(line => AssertOneLine(line.Text));
        AssertOneLine(status.ToString());
        AssertOneLine(status.Name);
        Assert.All(status.Warnings, AssertOneLine);
    }

    [Fact]
    public async Task FileNames_AreEscaped()
    {
        TestTokenKey key = TestTokenKey.Create("k\n\u001b", SignatureAlgorithm.ES256);
        string file = _folder.Write("keys\n\u001b[2J.json", TestTokenKey.CreateJwkSet(key));
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(file, _options, Cancellation);

        File.WriteAllText(file, """{"keys":[{"kty":"oct","kid":"\u001b[2J\n"}]}""");
        (await keys.ReloadAsync(Cancellation)).Problem.Should().Contain("is symmetric");
        File.Delete(file);
        (await keys.ReloadAsync(Cancellation)).Problem.Should().Contain("\\u{001B}[2J.json: ");
        InvalidDataException rejected = (await FluentActions.Awaiting(() => TokenKeySet.OpenAsync(file, _options, Cancellation))
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        AssertOneLine(rejected.Message);
        _logger.Lines.Count.Should().Be(3);
        _logger.Lines.Should().AllSatisfy(line => AssertOneLine(line.Text));
    }

    [Fact]
    public async Task PrivateKeys_AreNeverLogged()
    {
        TestCertificate first = Loopback.IssueServerCertificate();
        TestCertificate second = Loopback.IssueServerCertificate();
        string certificate = _folder.Write("tls.crt", first.PemWithChain);
        string key = _folder.Write("tls.key", first.PrivateKeyPem);
        using Reloadable<ServerCertificate> server = await ServerCertificate.OpenAsync(certificate, key, _options, Cancellation);
        string[] keyFiles =
        [
            second.PrivateKeyPem, second.PrivateKeyPem[..^40], second.PrivateKeyPem.Replace("PRIVATE", "PRIVAT", StringComparison.Ordinal),
            second.PrivateKeyPem.Replace("\n", "", StringComparison.Ordinal), second.PrivateKeyPem[28..],
        ];
        foreach (string content in keyFiles)
        {
            _folder.Write("tls.key", content);
            (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        }

        _folder.Write("tls.crt", second.PrivateKeyPem);
        (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);

        string said = string.Join('\n', _logger.Lines.Select(line => line.Text)) + server.Status;
        string[] secrets =
        [
            .. (first.PrivateKeyPem + second.PrivateKeyPem).Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')),
        ];
        secrets.Should().NotBeEmpty();
        secrets.Should().AllSatisfy(secret => said.Should().NotContain(secret[..20]));
    }

    private static Task<ReloadResult> ReloadAsync(Reloadable<string> note, GatedOrigin origin, string? content)
    {
        origin.Content = content is null ? null : StubMaterialReader.Note(content);
        return note.ReloadAsync(Cancellation);
    }

    private static void AssertOneLine(string text) =>
        Assert.DoesNotContain(text, c => char.IsControl(c) || c == '\u202e');
}
