using System.Security.Authentication;
using CertAuth.Reloading;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

public sealed class ServerTlsFilesTests : IDisposable
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificate s_client = s_ca.IssueClient(s_alice);

    private readonly TempFolder _folder = new();
    private readonly string _certificate;
    private readonly string _key;
    private readonly string _clientCa;

    public ServerTlsFilesTests()
    {
        TestCertificate server = Loopback.IssueServerCertificate();
        _certificate = _folder.Write("server-cert.pem", server.PemWithChain);
        _key = _folder.Write("server-key.pem", server.PrivateKeyPem);
        _clientCa = _folder.Write("client-ca.pem", s_ca.Pem);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_ReadsTheFilesAndSetsTheOptions()
    {
        using ServerTls tls = await ServerTls.OpenAsync(
            _certificate, _key, _clientCa, new() { MinimumVersion = MinimumTlsVersion.Tls13 }, cancellationToken: Cancellation);

        HandshakeOutcome old = await tls.ShakeHandsAsync(SslProtocols.Tls12, s_client);
        HandshakeOutcome current = await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client);

        old.Failure.Should().NotBeNull();
        current.Info!.ClientCertificate.Should().NotBeNull();
        current.Info.ServerCertificateNotAfter.Should().Be(ServerCertificate.LoadFile(_certificate, _key).NotAfter);
    }

    [Fact]
    public async Task OpenAsync_ReloadsEachFile_UntilItIsDisposed()
    {
        using ReloadMonitor monitor = new();
        ReloadOptions reloadOptions = new() { SettleDelay = TimeSpan.Zero, Monitor = monitor };
        ServerTls tls = await ServerTls.OpenAsync(
            _certificate, _key, _clientCa, reloadOptions: reloadOptions, cancellationToken: Cancellation);
        TestCertificate next = Loopback.IssueServerCertificate();
        monitor.GetStatus().Select(status => status.Name).Should().Equal("server-certificate", "trust-bundle");

        _folder.Replace("server-cert.pem", next.PemWithChain);
        _folder.Replace("server-key.pem", next.PrivateKeyPem);
        _folder.Replace("client-ca.pem", s_ca.Rotate().Pem);
        (await monitor.ReloadAllAsync(Cancellation)).Should().OnlyContain(result => result.Outcome == ReloadOutcome.Loaded);

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client);
        outcome.Rejection!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
        tls.CreateServerOptions().ServerCertificateContext!.TargetCertificate.RawData.Should().Equal(next.Der.ToArray());

        tls.Dispose();
        tls.Dispose();

        monitor.GetStatus().Should().BeEmpty("reloading has stopped");
        (await tls.ShakeHandsAsync(SslProtocols.Tls13, null)).Failure
            .Should().BeNull("handshakes continue with the last materials that were loaded");
    }

    [Theory]
    [InlineData("server-cert.pem")]
    [InlineData("server-key.pem")]
    [InlineData("client-ca.pem")]
    public async Task OpenAsync_DisposesWhatItOpened_WhenAFileCannotBeUsed(string name)
    {
        using ReloadMonitor monitor = new();
        ReloadOptions reloadOptions = new() { SettleDelay = TimeSpan.Zero, Monitor = monitor };
        _folder.Write(name, "nothing");

        Func<Task> open = () => ServerTls.OpenAsync(
            _certificate, _key, _clientCa, reloadOptions: reloadOptions, cancellationToken: Cancellation);

        await open.Should().ThrowExactlyAsync<InvalidDataException>();
        monitor.GetStatus().Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_DisposesWhatItOpened_WhenItIsCanceled()
    {
        using ReloadMonitor monitor = new();
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        Func<Task> open = () => ServerTls.OpenAsync(
            _certificate, _key, _clientCa, reloadOptions: new() { Monitor = monitor }, cancellationToken: canceled.Token);

        await open.Should().ThrowAsync<OperationCanceledException>();
        monitor.GetStatus().Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_VerifiesCertificates_WithTheClockOfTheOptions()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow().AddYears(40);
        ServerTlsOptions options = new() { TimeProvider = new FixedClock(now) };
        foreach (string file in new[] { _certificate, _key, _clientCa })
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));

        using ServerTls opened = await ServerTls.OpenAsync(_certificate, _key, _clientCa, options, cancellationToken: Cancellation);
        using ServerTls read = ServerTls.FromFiles(_certificate, _key, _clientCa, options);

        foreach (ServerTls tls in new[] { opened, read })
            (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client)).Rejection!.Reason.Should().Be(RejectionReason.CertificateExpired);
    }

    // The attack: a certificate that has expired by the clock of the server is accepted by another clock.
    [Fact]
    public async Task OpenAsync_VerifiesCertificates_WithTheClockOfTheOptions_WhenReloadOptionsAreGiven()
    {
        ServerTlsOptions options = new() { TimeProvider = new FixedClock(TimeProvider.System.GetUtcNow().AddYears(40)) };
        using ServerTls tls = await ServerTls.OpenAsync(
            _certificate, _key, _clientCa, options, new() { SettleDelay = TimeSpan.Zero }, Cancellation);

        (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client)).Rejection!.Reason.Should().Be(RejectionReason.CertificateExpired);
    }

    // The attack: the name of a file that starts a second line in a log.
    [Theory]
    [InlineData("server-cert.pem")]
    [InlineData("server-key.pem")]
    [InlineData("client-ca.pem")]
    public void FromFiles_EscapesTheNameOfTheFile_WhenItCannotBeUsed(string name)
    {
        string forged = _folder.Write("forged\naccepted: root", "nothing");
        string Choose(string file) => Path.GetFileName(file) == name ? forged : file;

        FluentActions.Invoking(() => ServerTls.FromFiles(Choose(_certificate), Choose(_key), Choose(_clientCa)))
            .Should().ThrowExactly<InvalidDataException>().Which.Message.Should().Contain("forged\\u{000A}accepted").And.NotContain("\n");
    }

    [Fact]
    public async Task FromFiles_ReadsTheFilesOnce()
    {
        using ServerTls tls = ServerTls.FromFiles(_certificate, _key, _clientCa);
        _folder.Write("client-ca.pem", "nothing");

        (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client)).Info!.ClientCertificate.Should().NotBeNull();
        (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_ca.Rotate().IssueClient(s_alice))).Rejection!.Reason
            .Should().Be(RejectionReason.CertificateBadSignature);
        tls.Dispose();
        (await tls.ShakeHandsAsync(SslProtocols.Tls13, s_client)).Failure.Should().BeNull();
    }

    [Theory]
    [InlineData("server-cert.pem")]
    [InlineData("server-key.pem")]
    [InlineData("client-ca.pem")]
    public void FromFiles_NamesTheFile_WhenItCannotBeUsed(string name)
    {
        string file = _folder.Write(name, "nothing");
        FluentActions.Invoking(() => ServerTls.FromFiles(_certificate, _key, _clientCa))
            .Should().ThrowExactly<InvalidDataException>().Which.Message.Should().Contain(file);

        File.Delete(file);
        FluentActions.Invoking(() => ServerTls.FromFiles(_certificate, _key, _clientCa))
            .Should().ThrowExactly<FileNotFoundException>().Which.Message.Should().Contain(file);
    }

    [Fact]
    public async Task FromFilesAndOpenAsync_RejectOptionsWithASource_BeforeAnyFileIsRead()
    {
        const string Expected = "ServerTlsOptions: ServerCertificate and ClientTrust must be null: the files provide them. "
            + "MinimumVersion must be a defined value, but is 9.";
        ServerTlsOptions options = new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            MinimumVersion = (MinimumTlsVersion)9,
        };
        ServerTlsOptions withTrust = new() { ClientTrust = Source.Fixed(TrustBundle.LoadFile(_clientCa)) };

        FluentActions.Invoking(() => ServerTls.FromFiles("none", "none", "none", options))
            .Should().ThrowExactly<ArgumentException>().WithMessage(Expected);
        FluentActions.Invoking(() => ServerTls.FromFiles("none", "none", "none", withTrust)).Should().ThrowExactly<ArgumentException>();
        (await FluentActions.Invoking(() => ServerTls.OpenAsync("none", "none", "none", options, cancellationToken: Cancellation))
            .Should().ThrowExactlyAsync<ArgumentException>()).WithMessage(Expected);
        await FluentActions.Invoking(() => ServerTls.OpenAsync(
            "none", "none", "none", reloadOptions: new() { Name = "endpoint" }, cancellationToken: Cancellation))
            .Should().ThrowExactlyAsync<ArgumentException>().WithParameterName("reloadOptions");
    }

    [Theory]
    [InlineData("", "key", "ca")]
    [InlineData("certificate", null, "ca")]
    [InlineData("certificate", "key", "")]
    public async Task FromFilesAndOpenAsync_RejectAnEmptyPath(string? certificate, string? key, string? clientCa)
    {
        FluentActions.Invoking(() => ServerTls.FromFiles(certificate!, key!, clientCa!)).Should().Throw<ArgumentException>();
        await FluentActions.Invoking(() => ServerTls.OpenAsync(certificate!, key!, clientCa!, cancellationToken: Cancellation))
            .Should().ThrowAsync<ArgumentException>();
    }
}
