using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth.Tests.Reloading;

/// <summary>A FIFO that is renamed into place between the check of a file and its opening. The fault: the opening blocked forever, and
/// every later reload failed until the process was restarted.</summary>
public sealed class FileRaceTests : IDisposable
{
    // The test ends after this number of successful and of failed reads.
    private const int MinReads = 500;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_DoesNotWaitForAWriter_WhenTheFileIsAFifo()
    {
        MakeFifo("pipe");

        Task opening = Start(() =>
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = NonBlockingFile.Open(_folder["pipe"]);
            RandomAccess.GetLength(handle);
        });

        Func<Task> waiting = () => opening.WaitAsync(s_timeout, Cancellation);
        await waiting.Should().ThrowAsync<NotSupportedException>("a FIFO has no length");
    }

    [Fact]
    public void Open_Throws_WhenTheFileDoesNotExist()
    {
        NonBlockingFile.Open(_folder.Write("file", "content")).Dispose();
        FluentActions.Invoking(() => NonBlockingFile.Open(_folder["none"])).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => NonBlockingFile.Open(_folder["file/none"])).Should().Throw<IOException>();
    }

    // The race: the path leads in turn to a valid file, a FIFO and nothing while it is read.
    [Fact]
    public async Task FifoRenamedIntoPlace_DoesNotStopReloads()
    {
        string good = _folder.Write("good", TestTokenKey.CreateJwkSet(TestTokenKey.Create("k", SignatureAlgorithm.ES256)));
        string file = _folder["jwks.json"];
        File.Copy(good, file);
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(
            file, new() { SettleDelay = TimeSpan.Zero, ReadTimeout = TimeSpan.FromMinutes(1) }, Cancellation);
        using FileOrigin origin = new([file], 10_000, TimeSpan.FromMinutes(1), TimeProvider.System);
        MakeFifo("pipe");

        using CancellationTokenSource done = new();
        Task swapping = Start(() =>
        {
            while (!done.IsCancellationRequested)
            {
                File.Move(_folder["pipe"], file, overwrite: true);
                File.Move(file, _folder["pipe"]);
                File.Copy(good, _folder["next"]);
                File.Move(_folder["next"], file);
            }
        });
        Task reading = Start(() =>
        {
            for (int read = 0, failed = 0; read < MinReads || failed < MinReads;)
            {
                using OriginReadResult found = origin.Read();
                _ = found.HasFailed ? failed++ : read++;
            }
        });

        try
        {
            await reading.WaitAsync(s_timeout, Cancellation);
        }
        finally
        {
            await done.CancelAsync();
            await swapping;
        }

        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    // Uses a new thread, because the thread pool may be busy.
    private static Task Start(Action action) =>
        Task.Factory.StartNew(action, Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void MakeFifo(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test uses the mkfifo command of Linux.");
        using var process = System.Diagnostics.Process.Start("mkfifo", [_folder[name]]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
