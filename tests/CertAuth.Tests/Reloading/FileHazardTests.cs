using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth.Tests.Reloading;

/// <summary>Paths that do not lead to a usable file: the material stays in use, the reason is reported, and no reload hangs.</summary>
public sealed partial class FileHazardTests : IDisposable
{
    private const string IrregularFile = "The file is empty or is not a regular file.";
    private const int UnprivilegedUser = 65534;

    private readonly TempFolder _folder = new();
    private readonly string _file;

    public FileHazardTests() =>
        _file = _folder.Write("jwks.json", TestTokenKey.CreateJwkSet(TestTokenKey.Create("k", SignatureAlgorithm.ES256)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task MissingFile_KeepsTheCurrentMaterial() => CheckAsync(() => File.Delete(_file), "The file does not exist.");

    [Fact]
    public Task MissingFolder_KeepsTheCurrentMaterial() => CheckAsync(
        () => Directory.Move(_folder.Path, _folder.Path + ".away"),
        "The file does not exist.",
        () => Directory.Move(_folder.Path + ".away", _folder.Path));

    [Fact]
    public Task EmptyFile_KeepsTheCurrentMaterial() => CheckAsync(() => File.WriteAllText(_file, ""), IrregularFile);

    [Fact]
    public Task FolderInsteadOfTheFile_KeepsTheCurrentMaterial() => CheckAsync(
        () =>
        {
            File.Delete(_file);
            Directory.CreateDirectory(_file);
        },
        "The path is a directory.");

    [Fact]
    public Task Fifo_IsNotOpened() => CheckAsync(() => Put("mkfifo", _file), IrregularFile);

    [Fact]
    public Task LinkToADevice_IsNotOpened() => CheckAsync(() => Link("/dev/zero"), IrregularFile);

    [Fact]
    public Task LinkToAFifo_IsNotOpened() => CheckAsync(
        () =>
        {
            Put("mkfifo", _folder["pipe"]);
            Link(_folder["pipe"]);
        },
        IrregularFile);

    [Fact]
    public Task LinkToItself_KeepsTheCurrentMaterial() => CheckAsync(() => Link(_file), "symbolic links");

    [Fact]
    public Task LinkToNothing_KeepsTheCurrentMaterial() => CheckAsync(() => Link(_folder["gone"]), "The file does not exist.");

    [Fact]
    public Task HugeFile_IsNotRead() => CheckAsync(
        () =>
        {
            // The file is sparse and occupies no space on the disk.
            using FileStream huge = File.OpenWrite(_file);
            huge.SetLength(1L << 30);
        },
        "The file has 1073741824 bytes; the maximum is 1048576.");

    [Fact]
    public Task TruncatedFile_IsRejected() => CheckAsync(() => File.WriteAllText(_file, File.ReadAllText(_file)[..40]), "not strict JSON");

    [Fact, SupportedOSPlatform("linux")]
    public void FileWithoutPermission_KeepsTheCurrentMaterial()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test uses permissions of Linux.");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_file, UnixFileMode.None);
        using FileOrigin origin = new([_file], 1024, TimeSpan.FromSeconds(1), TimeProvider.System);

        using OriginReadResult reading = RunUnprivileged(origin.Read);

        reading.Problem.Should().Contain("denied");
    }

    [Fact, SupportedOSPlatform("linux")]
    public void FolderWithoutPermission_KeepsTheCurrentMaterial()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test uses permissions of Linux.");
        File.SetUnixFileMode(_folder.Path, UnixFileMode.None);
        using FileOrigin origin = new([_file], 1024, TimeSpan.FromSeconds(1), TimeProvider.System);

        using OriginReadResult reading = RunUnprivileged(origin.Read);
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        reading.Problem.Should().Contain("denied");
    }

    [Fact]
    public async Task Open_ReportsTheMissingFile()
    {
        InvalidDataException missing = (await FluentActions.Awaiting(
            () => TokenKeySet.OpenAsync(_folder["none.json"], null, Cancellation))
            .Should().ThrowExactlyAsync<InvalidDataException>()).Which;

        missing.Message.Should().Contain("jwk-set: ");
        missing.Message.Should().Contain("none.json: The file does not exist.");
    }

    private static ReloadOptions Options => new() { SettleDelay = TimeSpan.FromMilliseconds(1) };

    private async Task CheckAsync(Action breakFile, string expected, Action? repair = null)
    {
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(_file, Options, Cancellation);
        TokenKeySet inUse = keys.Current;
        byte[] good = await File.ReadAllBytesAsync(_file, Cancellation);

        breakFile();
        ReloadResult result = await keys.ReloadAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(5), Cancellation);

        result.Outcome.Should().Be(ReloadOutcome.Failed);
        result.Problem.Should().Contain(expected);
        keys.Current.Should().BeSameAs(inUse);
        keys.Status.Health.Should().Be(MaterialHealth.Degraded);

        repair?.Invoke();
        if (Directory.Exists(_file))
            Directory.Delete(_file);
        File.Delete(_file);
        await File.WriteAllBytesAsync(_file, good, Cancellation);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    private void Link(string target)
    {
        File.Delete(_file);
        File.CreateSymbolicLink(_file, target);
    }

    private static void Put(string command, string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test uses the mkfifo command of Linux.");
        File.Delete(path);
        using var process = System.Diagnostics.Process.Start(command, [path]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    // Root may read any file. Therefore the thread temporarily takes the file system identity of another user (setfsuid(2)).
    private static OriginReadResult RunUnprivileged(Func<OriginReadResult> read)
    {
        if (Environment.UserName != "root")
            return read();

        int before = SetFileSystemUser(UnprivilegedUser);
        try
        {
            return read();
        }
        finally
        {
            _ = SetFileSystemUser(before);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(int user);
}
