using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Sample;

/// <summary>The server of samples/MySqlLogin as a separate process, with the files of a folder.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly Process _process;

    private SampleProcess(Folder folder, string pollSeconds) => _process = Start(folder.Path, "127.0.0.1:0", pollSeconds);

    /// <summary>The address that the server listens on.</summary>
    internal IPEndPoint Address { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Starts the server with one account and waits until it listens.</summary>
    internal static async Task<SampleProcess> StartAsync(Folder folder, string pollSeconds = "3600")
    {
        await WriteAccountsAsync(folder, "u1\tREQUIRE SUBJECT '/C=NL/O=Example/CN=u1'");
        SampleProcess sample = new(folder, pollSeconds);
        using JsonDocument line = JsonDocument.Parse(await sample.WaitForAsync("\"listening\""));
        sample.Address = IPEndPoint.Parse(line.RootElement.GetProperty("details").GetProperty("address").GetString()!);
        return sample;
    }

    internal static Process Start(params string[] arguments) =>
        ConsoleProgram.Start(new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MySqlLogin.dll"), .. arguments]));

    internal static Task WriteAccountsAsync(Folder folder, params string[] lines) =>
        File.WriteAllLinesAsync(folder.In("accounts.tsv"), lines, TestContext.Current.CancellationToken);

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
