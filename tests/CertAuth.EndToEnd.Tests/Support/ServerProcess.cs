using System.Diagnostics;
using System.Globalization;
using CertAuth.MySqlServer.Setup;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The server as a separate process, for tests of signals.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly Process _process;

    internal ServerProcess(Folder folder, params string[] more)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "CertAuth.MySqlServer.dll");
        string[] arguments = [program, "server", "--folder", folder.Path, "--listen", "127.0.0.1:0", .. more];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
        })!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>Returns true if this process, and therefore every child process, ignores SIGHUP.</summary>
    internal static bool InheritsIgnoredHangUp()
    {
        const string Status = "/proc/self/status", Ignored = "SigIgn:";
        string? mask = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;

        // proc(5): a hexadecimal mask. SIGHUP is signal 1, the lowest bit.
        return mask is not null
            && (ulong.Parse(mask.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
    }

    /// <summary>Reads the log up to the first line that contains a text.</summary>
    internal async Task<string> WaitForAsync(string text)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The log ended without: {text}");
    }

    internal async Task SignalAsync(string name)
    {
        string id = _process.Id.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("kill", [$"-{name}", id]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.Should().Be(0);
    }

    internal async Task<int> WaitForExitAsync()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }
}
