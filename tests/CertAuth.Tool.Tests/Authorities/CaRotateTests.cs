using CertAuth.Certificates;
using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using CertAuth.Tool.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>A rotation by the steps of <c>docs/rotation.md</c>.</summary>
public sealed class CaRotateTests : IDisposable
{
    private const string Clause = "SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/C=US/O=Example/CN=ca'";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p256", "p256")]
    [InlineData("rsa2048", "p384")]
    public async Task OldAndNewClientsLogInUntilTheOldCaIsOut(string oldKey, string newKey)
    {
        _folder.NewCa("--key", oldKey);
        _folder.Issue("server", "--subject", "/CN=db.example", "--san", $"DNS:{ToolLogin.Host}");
        _folder.IssueAlice();
        File.Copy(_folder["alice-cert.pem"], _folder["old-cert.pem"]);
        File.Copy(_folder["alice-key.pem"], _folder["old-key.pem"]);

        // 1. A new CA with the subject of the old one. 2. Both in the bundle. 3. Each client gets a new certificate.
        _folder.Rotate("--key", newKey);
        _folder.IssueAlice("--force");
        using (OpenSsl openSsl = new())
            openSsl.Do("verify", "-x509_strict", "-CAfile", _folder["ca-bundle.pem"], _folder["old-cert.pem"], _folder["alice-cert.pem"]);
        (await LogInAsync("old", "ca-bundle.pem")).Should().Be(RejectionReason.None);
        (await LogInAsync("alice", "ca-bundle.pem")).Should().Be(RejectionReason.None);

        // 4. The old one is taken out.
        ((RejectionReason[])[RejectionReason.CertificateBadSignature, RejectionReason.UntrustedIssuer])
            .Should().Contain(await LogInAsync("old", "ca-cert.pem"));
        (await LogInAsync("alice", "ca-cert.pem")).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void OldFilesAreKept_AndTheBundleBeginsWithTheNewCertificate()
    {
        _folder.NewCa();
        string oldKey = _folder.Read("ca-key.pem");
        string oldCertificate = _folder.Read("ca-cert.pem");

        ToolResult result = _folder.Rotate();

        _folder.Read("ca-old-1-key.pem").Should().Be(oldKey);
        _folder.Read("ca-old-1-cert.pem").Should().Be(oldCertificate);
        _folder.Read("ca-bundle.pem").Should().Be(_folder.Read("ca-cert.pem") + oldCertificate);
        _folder.Read("ca-key.pem").Should().NotBe(oldKey);
        IEnumerable<string> lines = result.Output.Split('\n')
            .SkipWhile(line => !line.StartsWith("written", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0);
        string[] written = [.. lines.Select(line => Path.GetFileName(line[12..]))];
        written.Should().Equal("ca-cert.pem", "ca-key.pem", "ca-bundle.pem", "ca-old-1-cert.pem", "ca-old-1-key.pem");
    }

    [Fact]
    public void Modes_OldKeyToo()
    {
        _folder.NewCa();
        _folder.Rotate();

        foreach (string key in Directory.GetFiles(_folder.Path, "*-key.pem"))
            ToolFiles.ModeOf(key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void SubjectIsTheSameBytes_AndTheSerialNumberAnother()
    {
        _folder.NewCa();
        _folder.Rotate("--days", "100");

        ParsedCertificate next = ToolFiles.ReadCertificate(_folder["ca-cert.pem"]);
        ParsedCertificate old = ToolFiles.ReadCertificate(_folder["ca-old-1-cert.pem"]);
        next.SubjectDer.Span.SequenceEqual(old.SubjectDer.Span).Should().BeTrue();
        next.SerialNumber.Span.SequenceEqual(old.SerialNumber.Span).Should().BeFalse();
        (next.NotAfter - next.NotBefore).Should().Be(TimeSpan.FromDays(100) + TimeSpan.FromHours(1));
    }

    [Fact]
    public void SecondRotation_LosesNothing()
    {
        _folder.NewCa();
        _folder.Rotate();
        _folder.Rotate();

        TrustBundle bundle = TrustBundle.LoadFile(_folder["ca-bundle.pem"]);
        bundle.Anchors.Select(anchor => Convert.ToHexString(anchor.Certificate.Sha256.Span)).Should().Equal(
            Sha256("ca-cert.pem"), Sha256("ca-old-2-cert.pem"), Sha256("ca-old-1-cert.pem"));
    }

    [Fact]
    public void ExpiredCa_IsRotated()
    {
        _folder.NewCa("--days", "1");
        FixedClock later = new(TimeProvider.System.GetUtcNow().AddDays(2));

        ToolRun.Run(["ca", "rotate", "--folder", _folder.Path], clock: later).ExitCode.Should().Be(0);
        ToolRun.Run(["ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path], clock: later).ExitCode.Should().Be(0);
    }

    [Fact]
    public void PathLengthIsKept()
    {
        _folder.NewCa("--path-length", "0");
        _folder.Rotate();

        CaCommands.Mistake("ca", "issue", "intermediate", "--subject", "/CN=x", "--folder", _folder.Path).Should().Contain("path length");
    }

    [Fact]
    public void Intermediate_FailsWithOneLineError()
    {
        _folder.NewCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users");

        CaCommands.Mistake("ca", "rotate", "--name", "users", "--folder", _folder.Path).Should().Contain("isn't self-signed");
    }

    [Fact]
    public void BundleThatIsNone_ChangesNothing()
    {
        _folder.NewCa();
        string key = _folder.Read("ca-key.pem");
        _folder.Write("ca-bundle.pem", "precious");

        CaCommands.Mistake("ca", "rotate", "--folder", _folder.Path).Should().Contain("ca-bundle.pem");
        _folder.Read("ca-bundle.pem").Should().Be("precious");
        _folder.Read("ca-key.pem").Should().Be(key);
    }

    [Fact]
    public void NothingToRotate_FailsWithOneLineError() =>
        CaCommands.Mistake("ca", "rotate", "--folder", _folder.Path).Should().EndWith("can't be read: there is no such file.");

    private Task<RejectionReason> LogInAsync(string client, string clientCas) => ToolLogin.LogInAsync(_folder, client, clientCas, "ca-bundle.pem", Clause);

    private string Sha256(string name) => Convert.ToHexString(ToolFiles.ReadCertificate(_folder[name]).Sha256.Span);
}
