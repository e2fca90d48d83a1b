using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Tests.Support;
using CertAuth.Tool.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>The CA file that servers read: complete from the first CA on, so that a rotation locks no client out.</summary>
public sealed class CaBundleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ServerThatReadsTheBundleOfCaNew_AcceptsOldAndNewClients_AfterCaRotate()
    {
        _folder.NewCa();
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
    public void CaNew_WritesABundleOfItsCertificate()
    {
        _folder.NewCa("--name", "proxies");

        _folder.Read("proxies-bundle.pem").Should().Be(_folder.Read("proxies-cert.pem"));
    }

    [Fact]
    public void CaNew_DoesNotReplaceABundleWithoutForce()
    {
        _folder.Write("ca-bundle.pem", "precious");

        CaCommands.Mistake("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should()
            .EndWith("ca-bundle.pem is there already; --force replaces it.");
        _folder.Names().Should().Equal(".certauth.lock", "ca-bundle.pem");
        _folder.NewCa("--force");
        _folder.Read("ca-bundle.pem").Should().Be(_folder.Read("ca-cert.pem"));
    }

    [Fact]
    public void EveryVerb_SaysThatServersReadTheBundle()
    {
        string bundle = _folder["ca-bundle.pem"];
        string notes = $"Servers and clients read {bundle} as their CA file, not {_folder["ca-cert.pem"]}:";

        _folder.NewCa().Output.Should().Contain(notes);
        _folder.IssueAlice().Output.Should().Contain(notes);
        _folder.Issue("server", "--san", "DNS:db.example").Output.Should().Contain(notes);
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users").Output.Should().Contain(notes);
        _folder.Rotate().Output.Should().ContainAll(
            $"Servers and clients read {bundle} as their CA file, which holds the old CA and the new one.",
            $"A server that reads {_folder["ca-cert.pem"]} instead rejects the certificates of the old CA from now on.");
        _folder.Issue("client", "--subject", "/CN=a", "--format", "json").ReadJson()["bundle"].Text().Should().Be(bundle);
    }

    [Fact]
    public void IssueFromAnIntermediate_NamesTheBundleOfTheRoot()
    {
        _folder.NewCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users");

        ToolResult result = _folder.IssueAlice("--ca", "users");

        result.Output.Should().EndWith("\n\nServers and clients read the bundle of the root CA as their CA file, such as ca-bundle.pem.\n");
    }

    // A CA that another program made, or an earlier version of this one.
    [Fact]
    public void CaWithoutBundle_IsToldToMakeOne_AndGetsItWithTheRotation()
    {
        _folder.NewCa();
        File.Delete(_folder["ca-bundle.pem"]);

        _folder.IssueAlice().Output.Should().Contain($"read {_folder["ca-bundle.pem"]} as their CA file, which does not exist yet:");
        _folder.Rotate();

        Verify(TrustBundle.LoadFile(_folder["ca-bundle.pem"]), "alice").Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData("ca-bundle.pem")]
    [InlineData("ca-cert.pem")]
    public void CaRotate_LeavesAServerOfAnotherUserAbleToReadTheFile(string name)
    {
        _folder.NewCa();
        ToolFiles.LetEverybodyRead(_folder[name]);

        _folder.Rotate();

        ToolFiles.ModeOf(_folder[name]).Should().HaveFlag(UnixFileMode.OtherRead);
        ToolFiles.ModeOf(_folder["ca-key.pem"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private RejectionReason Verify(TrustBundle bundle, string client)
    {
        ReadOnlyMemory<byte> leaf = ToolFiles.ReadCertificate(_folder[$"{client}-cert.pem"]).Der;
        return bundle.TryVerify(leaf.Span, [], out VerifiedCertificate? _, out Rejection? rejection) ? RejectionReason.None : rejection.Reason;
    }
}
