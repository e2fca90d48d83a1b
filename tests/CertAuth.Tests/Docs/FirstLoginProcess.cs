using System.Diagnostics;
using System.Net.NetworkInformation;

namespace CertAuth.Tests.Docs;

/// <summary>Runs samples/FirstLogin as a process of its own, in a folder with the files of the test.</summary>
internal sealed class FirstLoginProcess : IDisposable
{
    /// <summary>The port that the program listens on.</summary>
    internal const int Port = 4433;

    private readonly FileStream _lock;
    private readonly Process _process;

    private FirstLoginProcess(FileStream @lock, Process process) => (_lock, _process) = (@lock, process);

    /// <summary>Starts the program, or skips the test if its port is in use. Waits until no other test run uses the port.</summary>
    internal static async Task<FirstLoginProcess> StartAsync(string folder, CancellationToken cancellation)
    {
        FileStream portLock = await LockPortAsync(cancellation);
        if (IsListening())
        {
            await portLock.DisposeAsync();
            Assert.Skip($"Port {Port} is in use.");
        }

        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "FirstLogin.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        return new(portLock, Process.Start(start)!);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        // Until then the port is in use, and the next test would be skipped.
        _process.WaitForExit();
        _process.Dispose();
        _lock.Dispose();
    }

    /// <summary>Waits until connections are accepted.</summary>
    internal async Task WaitUntilListeningAsync(CancellationToken cancellation)
    {
        while (!IsListening())
        {
            _process.HasExited.Should().BeFalse("the program runs until it is stopped");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Reads the next line that the program writes.</summary>
    internal async Task<string> ReadLineAsync(CancellationToken cancellation) =>
        await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The program has ended.");

    private static async Task<FileStream> LockPortAsync(CancellationToken cancellation)
    {
        string path = Path.Combine(Path.GetTempPath(), $"certauth-tests-{Port}.lock");
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100, cancellation);
            }
        }
    }

    private static bool IsListening() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(endpoint => endpoint.Port == Port);
}
