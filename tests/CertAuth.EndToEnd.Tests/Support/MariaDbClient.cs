using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using MySqlLogin.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The <c>mariadb</c> program; a test is skipped where there is none.</summary>
internal sealed class MariaDbClient(Folder folder, IPEndPoint address)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Skips the test where there is no mariadb.</summary>
    internal static void Need()
    {
        try
        {
            using Process process = Start(["--version"]);
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("The mariadb command is not installed.");
        }
    }

    /// <summary>Runs statements over TLS; gives what was printed to both streams.</summary>
    /// <param name="user">Who logs in.</param>
    /// <param name="certificate">Whose certificate, or null for none.</param>
    /// <param name="statements">What is asked.</param>
    /// <param name="more">More options.</param>
    internal Task<string> RunAsync(string user, string? certificate, string statements, params string[] more)
    {
        string[] pair = certificate is null
            ? ["--ssl"]
            : ["--ssl-cert", folder.In($"{certificate}-cert.pem"), "--ssl-key", folder.In($"{certificate}-key.pem")];
        return RunAsync([$"-u{user}", .. pair, "--ssl-ca", folder.Ca, .. more, "-Ne", statements]);
    }

    internal Task<string> RunWithoutTlsAsync(string user, string statements, params string[] more) =>
        RunAsync([$"-u{user}", "--skip-ssl", .. more, "-Ne", statements]);

    private async Task<string> RunAsync(string[] arguments)
    {
        string port = address.Port.ToString(CultureInfo.InvariantCulture);
        using Process process = Start(["--no-defaults", "-h127.0.0.1", $"-P{port}", .. arguments]);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (output + await error).Trim();
    }

    private static Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("mariadb", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
