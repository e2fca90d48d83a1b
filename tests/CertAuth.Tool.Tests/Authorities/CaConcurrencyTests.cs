using System.Diagnostics;
using CertAuth.Certificates;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>Several processes that use one folder concurrently.</summary>
public sealed class CaConcurrencyTests : IDisposable
{
    private const int Processes = 4;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task New_SucceedsOnce_WhenProcessesRunConcurrently()
    {
        int[] exitCodes = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => RunNewAsync()));

        exitCodes.Order().Should().Equal(0, 2, 2, 2);
        AssertIsPair();
        _folder.GetFileNames().Should().Equal(".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem");
    }

    [Fact]
    public async Task New_LeavesAMatchingPair_WhenProcessesReplaceItConcurrently()
    {
        _folder.CreateCa();
        Task<int[]> runs = Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => RunNewAsync("--force")));
        while (!runs.IsCompleted)
        {
            _folder.ReadText("ca-cert.pem").Should().MatchRegex(ToolFiles.CertificateBlock);
            TestKey.FromPem(_folder.ReadText("ca-key.pem")).Should().NotBeNull();
            AssertKeysAreOwnerOnly();
            await Task.Yield();
        }

        (await runs).Should().AllSatisfy(exitCode => exitCode.Should().Be(0));
        AssertIsPair();
        _folder.GetFileNames().Should().Equal(".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem");
    }

    [Fact]
    public async Task Rotate_LosesNoCa_WhenProcessesRunConcurrently()
    {
        _folder.CreateCa();
        int[] exitCodes = await Task.WhenAll(
            Enumerable.Range(0, Processes).Select(_ => RunAsync("ca", "rotate", "--folder", _folder.Path)));

        exitCodes.Should().AllSatisfy(exitCode => exitCode.Should().Be(0));
        AssertIsPair();
        ToolFiles.CountCertificates(_folder["ca-bundle.pem"]).Should().Be(Processes + 1);
        Directory.GetFiles(_folder.Path, "ca-old-*-key.pem").Length.Should().Be(Processes);
    }

    // Includes the temporary files that are not renamed yet.
    private void AssertKeysAreOwnerOnly()
    {
        foreach (string path in Directory.GetFiles(_folder.Path, "*ca-key.pem*"))
        {
            try
            {
                (ToolFiles.GetMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).Should().Be(UnixFileMode.None);
            }
            catch (FileNotFoundException)
            {
                // The file was renamed in the meantime.
            }
        }
    }

    private void AssertIsPair()
    {
        ParsedCertificate certificate = ToolFiles.ReadCertificate(_folder["ca-cert.pem"]);
        TestCertificateAuthority ca = TestCertificateAuthority.FromPem(_folder.ReadText("ca-cert.pem"), _folder.ReadText("ca-key.pem"));
        ca.Der.Span.SequenceEqual(certificate.Der.Span).Should().BeTrue();
    }

    private Task<int> RunNewAsync(params string[] options) =>
        RunAsync(["ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path, .. options]);

    private static async Task<int> RunAsync(params string[] args)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "CertAuth.Tool.dll");
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [tool, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
