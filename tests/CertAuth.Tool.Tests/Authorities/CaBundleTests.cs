using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Tool.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>The bundle of a CA, which servers read from the start, so that a rotation locks out no client.</summary>
public sealed class CaBundleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rotate_KeepsOldAndNewClientsAccepted_WhenTheServerReadsTheBundle()
    {
        _folder.CreateCa();
        _folder.IssueAlice();
        ReloadOptions options = new() { SettleDelay = TimeSpan.FromMilliseconds(1) };
        using Reloadable<TrustBundle> server = await TrustBundle.OpenAsync(
            _folder["ca-bundle.pem"], options: options, cancellationToken: TestContext.Current.CancellationToken);
        Verify(server.Current, "alice").Should().Be(RejectionReason.None);

        _folder.Rotate();
        _folder.Issue("client", "--subject", "/C=US/O=Example/CN=alice", "--name", "alice-2");
        ReloadResult reload = await server.ReloadAsync(TestContext.Current.CancellationToken);

        reload.Outcome.Should().Be(ReloadOutcome.Loaded);
        Verify(server.Current, "alice").Should().Be(RejectionReason.None);
        Verify(server.Current, "alice-2").Should().Be(RejectionReason.None);
        _folder.Rotate();
        await server.ReloadAsync(TestContext.Current.CancellationToken);
        Verify(server.Current, "alice").Should().Be(RejectionReason.None);
    }

    [Fact]
    public void New_WritesABundleWithTheCertificate()
    {
        _folder.CreateCa("--name", "proxies");

        _folder.ReadText("proxies-bundle.pem").Should().Be(_folder.ReadText("proxies-cert.pem"));
    }

    [Fact]
    public void New_DoesNotReplaceTheBundle_WithoutForce()
    {
        _folder.Write("ca-bundle.pem", "precious");

        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should()
            .EndWith("ca-bundle.pem already exists; use --force to replace it.");
        _folder.GetFileNames().Should().Equal(".certauth.lock", "ca-bundle.pem");
        _folder.CreateCa("--force");
        _folder.ReadText("ca-bundle.pem").Should().Be(_folder.ReadText("ca-cert.pem"));
    }

    [Fact]
    public void EveryCommand_NamesTheBundleAsTheCaFile()
    {
        string bundle = _folder["ca-bundle.pem"];
        string note = $"Use {bundle} as the CA file of servers and clients, not {_folder["ca-cert.pem"]}:";

        _folder.CreateCa().Output.Should().Contain(note);
        _folder.IssueAlice().Output.Should().Contain(note);
        _folder.Issue("server", "--san", "DNS:db.example").Output.Should().Contain(note);
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users").Output.Should().Contain(note);
        _folder.Rotate().Output.Should().ContainAll(
            $"Use {bundle} as the CA file of servers and clients. It contains the old CA and the new one.",
            $"A server that reads {_folder["ca-cert.pem"]} instead rejects the certificates of the old CA from now on.");
        _folder.Issue("client", "--subject", "/CN=a", "--format", "json").ReadJson()["bundle"].Text().Should().Be(bundle);
    }

    [Fact]
    public void Issue_NamesTheBundleOfTheRoot_WhenTheIssuerIsAnIntermediate()
    {
        _folder.CreateCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users");

        ToolResult result = _folder.IssueAlice("--ca", "users");

        result.Output
            .Should().EndWith("\n\nUse the bundle of the root CA, such as ca-bundle.pem, as the CA file of servers and clients.\n");
    }

    // Another program or an earlier version of certauth created the CA.
    [Fact]
    public void Issue_AsksForABundle_WhenThereIsNone()
    {
        _folder.CreateCa();
        File.Delete(_folder["ca-bundle.pem"]);

        _folder.IssueAlice().Output
            .Should().Contain($"Use {_folder["ca-bundle.pem"]} as the CA file of servers and clients. It does not exist yet:");
        _folder.Rotate();

        Verify(TrustBundle.LoadFile(_folder["ca-bundle.pem"]), "alice").Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData("ca-bundle.pem")]
    [InlineData("ca-cert.pem")]
    public void Rotate_KeepsTheMode_OfAFileThatOthersCanRead(string name)
    {
        _folder.CreateCa();
        ToolFiles.MakeReadableByAll(_folder[name]);

        _folder.Rotate();

        ToolFiles.GetMode(_folder[name]).Should().HaveFlag(UnixFileMode.OtherRead);
        ToolFiles.GetMode(_folder["ca-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private RejectionReason Verify(TrustBundle bundle, string client)
    {
        ReadOnlyMemory<byte> leaf = ToolFiles.ReadCertificate(_folder[$"{client}-cert.pem"]).Der;
        bool isVerified = bundle.TryVerify(leaf.Span, [], out VerifiedCertificate? _, out Rejection? rejection);
        return isVerified ? RejectionReason.None : rejection!.Reason;
    }
}
