using CertAuth.Certificates;
using CertAuth.Tool.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>A CA rotation with the steps of <c>docs/rotation.md</c>.</summary>
public sealed class CaRotateTests : IDisposable
{
    private const string Clause = "SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/C=US/O=Example/CN=ca'";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p256", "p256")]
    [InlineData("rsa2048", "p384")]
    public async Task Rotate_KeepsOldAndNewClientsAccepted_UntilTheOldCaIsRemoved(string oldKey, string newKey)
    {
        _folder.CreateCa("--key", oldKey);
        _folder.Issue("server", "--subject", "/CN=db.example", "--san", $"DNS:{ToolLogin.Host}");
        _folder.IssueAlice();
        File.Copy(_folder["alice-cert.pem"], _folder["old-cert.pem"]);
        File.Copy(_folder["alice-key.pem"], _folder["old-key.pem"]);

        // 1. A new CA with the same subject. 2. Both CAs are in the bundle. 3. Each client gets a new certificate.
        _folder.Rotate("--key", newKey);
        _folder.IssueAlice("--force");
        using (OpenSsl openSsl = new())
            openSsl.Do("verify", "-x509_strict", "-CAfile", _folder["ca-bundle.pem"], _folder["old-cert.pem"], _folder["alice-cert.pem"]);
        (await LogInAsync("old", "ca-bundle.pem")).Should().Be(RejectionReason.None);
        (await LogInAsync("alice", "ca-bundle.pem")).Should().Be(RejectionReason.None);

        // 4. The old CA is removed from the bundle.
        ((RejectionReason[])[RejectionReason.CertificateBadSignature, RejectionReason.UntrustedIssuer])
            .Should().Contain(await LogInAsync("old", "ca-cert.pem"));
        (await LogInAsync("alice", "ca-cert.pem")).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void Rotate_KeepsTheOldFiles()
    {
        _folder.CreateCa();
        string oldKey = _folder.ReadText("ca-key.pem");
        string oldCertificate = _folder.ReadText("ca-cert.pem");

        ToolResult result = _folder.Rotate();

        _folder.ReadText("ca-old-1-key.pem").Should().Be(oldKey);
        _folder.ReadText("ca-old-1-cert.pem").Should().Be(oldCertificate);
        _folder.ReadText("ca-bundle.pem").Should().Be(_folder.ReadText("ca-cert.pem") + oldCertificate);
        _folder.ReadText("ca-key.pem").Should().NotBe(oldKey);
        IEnumerable<string> lines = result.Output.Split('\n')
            .SkipWhile(line => !line.StartsWith("written", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0);
        string[] written = [.. lines.Select(line => Path.GetFileName(line[12..]))];
        written.Should().Equal("ca-cert.pem", "ca-key.pem", "ca-bundle.pem", "ca-old-1-cert.pem", "ca-old-1-key.pem");
    }

    [Fact]
    public void Rotate_WritesKeysReadableOnlyByTheirOwner()
    {
        _folder.CreateCa();
        _folder.Rotate();

        foreach (string key in Directory.GetFiles(_folder.Path, "*-key.pem"))
            ToolFiles.GetMode(key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Rotate_KeepsTheBytesOfTheSubject()
    {
        _folder.CreateCa();
        _folder.Rotate("--days", "100");

        ParsedCertificate next = ToolFiles.ReadCertificate(_folder["ca-cert.pem"]);
        ParsedCertificate old = ToolFiles.ReadCertificate(_folder["ca-old-1-cert.pem"]);
        next.SubjectDer.Span.SequenceEqual(old.SubjectDer.Span).Should().BeTrue();
        next.SerialNumber.Span.SequenceEqual(old.SerialNumber.Span).Should().BeFalse();
        (next.NotAfter - next.NotBefore).Should().Be(TimeSpan.FromDays(100) + TimeSpan.FromHours(1));
    }

    [Fact]
    public void Rotate_KeepsAllOldCas_WhenItIsRepeated()
    {
        _folder.CreateCa();
        _folder.Rotate();
        _folder.Rotate();

        TrustBundle bundle = TrustBundle.LoadFile(_folder["ca-bundle.pem"]);
        bundle.Anchors.Select(anchor => Convert.ToHexString(anchor.Certificate.Sha256.Span)).Should().Equal(
            Sha256("ca-cert.pem"), Sha256("ca-old-2-cert.pem"), Sha256("ca-old-1-cert.pem"));
    }

    [Fact]
    public void Rotate_Succeeds_WhenTheCaHasExpired()
    {
        _folder.CreateCa("--days", "1");
        FixedClock later = new(TimeProvider.System.GetUtcNow().AddDays(2));

        ToolRun.Run(["ca", "rotate", "--folder", _folder.Path], clock: later).ExitCode.Should().Be(0);
        ToolRun.Run(["ca", "issue", "client", "--subject", "/CN=a", "--folder", _folder.Path], clock: later).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Rotate_KeepsThePathLength()
    {
        _folder.CreateCa("--path-length", "0");
        _folder.Rotate();

        CaCommands.RunWithError("ca", "issue", "intermediate", "--subject", "/CN=x", "--folder", _folder.Path)
            .Should().Contain("path length");
    }

    [Fact]
    public void Rotate_FailsWithOneLineError_WhenTheCaIsAnIntermediate()
    {
        _folder.CreateCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users");

        CaCommands.RunWithError("ca", "rotate", "--name", "users", "--folder", _folder.Path).Should().Contain("is not self-signed");
    }

    [Fact]
    public void Rotate_ChangesNothing_WhenTheBundleIsMalformed()
    {
        _folder.CreateCa();
        string key = _folder.ReadText("ca-key.pem");
        _folder.Write("ca-bundle.pem", "precious");

        CaCommands.RunWithError("ca", "rotate", "--folder", _folder.Path).Should().Contain("ca-bundle.pem");
        _folder.ReadText("ca-bundle.pem").Should().Be("precious");
        _folder.ReadText("ca-key.pem").Should().Be(key);
    }

    [Fact]
    public void Rotate_FailsWithOneLineError_WhenThereIsNoCa() =>
        CaCommands.RunWithError("ca", "rotate", "--folder", _folder.Path).Should().EndWith("cannot be read: the file does not exist.");

    private Task<RejectionReason> LogInAsync(string client, string clientCas) =>
        ToolLogin.LogInAsync(_folder, client, clientCas, "ca-bundle.pem", Clause);

    private string Sha256(string name) => Convert.ToHexString(ToolFiles.ReadCertificate(_folder[name]).Sha256.Span);
}
