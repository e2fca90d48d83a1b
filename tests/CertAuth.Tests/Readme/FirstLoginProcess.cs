using System.Diagnostics;
using System.Net.NetworkInformation;
using FluentAssertions;

namespace CertAuth.Tests.Readme;

/// <summary>samples/FirstLogin as a process of its own, with a folder of files of the test.</summary>
internal sealed class FirstLoginProcess : IDisposable
{
    /// <summary>The port that the program listens on.</summary>
    internal const int Port = 4433;

    private readonly Process _process;

    private FirstLoginProcess(Process process) => _process = process;

    /// <summary>Starts the program, or skips the test if its port is in use.</summary>
    internal static FirstLoginProcess Start(string folder)
    {
        Assert.SkipWhen(IsListening(), $"Port {Port} is in use.");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "FirstLogin.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        // Until then the port is in use, and the next test would be skipped.
        _process.WaitForExit();
        _process.Dispose();
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

    private static bool IsListening() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(endpoint => endpoint.Port == Port);
}
