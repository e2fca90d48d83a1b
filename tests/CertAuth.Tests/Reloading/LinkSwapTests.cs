using System.Runtime.InteropServices;
using CertAuth.Reloading;
using CertAuth.Tls;

namespace CertAuth.Tests.Reloading;

/// <summary>Folders that are replaced through a symbolic link, as Kubernetes does with secrets.</summary>
public sealed partial class LinkSwapTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SwappedFolder_IsDetected()
    {
        PutGeneration("..2026_01", Loopback.IssueServerCertificate());
        SwapTo("..2026_01");
        File.CreateSymbolicLink(_folder["tls.crt"], "..data/tls.crt");
        File.CreateSymbolicLink(_folder["tls.key"], "..data/tls.key");
        using Reloadable<ServerCertificate> server = await ServerCertificate.OpenAsync(
            _folder["tls.crt"], _folder["tls.key"], new() { SettleDelay = TimeSpan.Zero }, Cancellation);

        TestCertificate next = Loopback.IssueServerCertificate();
        PutGeneration("..2026_02", next);
        (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        SwapTo("..2026_02");
        Directory.Delete(_folder["..2026_01"], recursive: true);

        (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        server.Current.Parsed!.Der.ToArray().Should().Equal(next.Der.ToArray());
    }

    [Fact]
    public void LinkSwappedBetweenTwoFiles_GivesOneGeneration()
    {
        PutGeneration("..1", Loopback.IssueServerCertificate());
        PutGeneration("..2", Loopback.IssueServerCertificate());
        SwapTo("..1");
        File.CreateSymbolicLink(_folder["tls.crt"], "..data/tls.crt");
        File.CreateSymbolicLink(_folder["tls.key"], "..data/tls.key");
        PathResolver reload = new();

        string certificate = reload.Resolve(_folder["tls.crt"]);
        SwapTo("..2");
        string key = reload.Resolve(_folder["tls.key"]);

        certificate.Should().Be(Real("..1/tls.crt"));
        key.Should().Be(Real("..1/tls.key"));
        new PathResolver().Resolve(_folder["tls.key"]).Should().Be(Real("..2/tls.key"));
    }

    [Theory]
    [InlineData("file", "folder/file")]
    [InlineData("../folder/./file", "folder/file")]
    [InlineData("up/file", "folder/file")]
    [InlineData("absolute/file", "folder/file")]
    [InlineData("chain", "folder/file")]
    [InlineData("back", "file")]
    [InlineData("missing/file", "folder/missing/file")]
    public void Resolve_FollowsLinksAsTheSystemDoes(string path, string expected)
    {
        Directory.CreateDirectory(_folder["folder"]);
        File.WriteAllText(_folder["folder/file"], "inner");
        File.WriteAllText(_folder["file"], "outer");
        File.CreateSymbolicLink(_folder["folder/up"], "../folder");
        File.CreateSymbolicLink(_folder["folder/absolute"], _folder["folder"]);
        File.CreateSymbolicLink(_folder["folder/link"], "absolute/file");
        File.CreateSymbolicLink(_folder["folder/chain"], "up/link");

        File.CreateSymbolicLink(_folder["folder/back"], "up/../file");
        string asked = $"{_folder["folder"]}/{path}";
        string resolved = new PathResolver().Resolve(asked);

        resolved.Should().Be(Real(expected));
        (File.Exists(resolved) ? File.ReadAllText(resolved) : null).Should().Be(File.Exists(asked) ? File.ReadAllText(asked) : null);
    }

    private string Real(string path) => Path.Combine(new PathResolver().Resolve(_folder.Path), path);

    private void PutGeneration(string name, TestCertificate certificate)
    {
        Directory.CreateDirectory(_folder[name]);
        _folder.Write($"{name}/tls.crt", certificate.PemWithChain);
        _folder.Write($"{name}/tls.key", certificate.PrivateKeyPem);
    }

    private void SwapTo(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test uses the rename function of Linux.");
        File.CreateSymbolicLink(_folder["..data_tmp"], name);
        Rename(_folder["..data_tmp"], _folder["..data"]).Should().Be(0);
    }

    // File.Move follows the link.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
