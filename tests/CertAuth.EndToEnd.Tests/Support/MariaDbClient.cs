using System.Diagnostics;
using System.Globalization;
using System.Net;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The <c>mariadb</c> program.</summary>
internal sealed class MariaDbClient(Folder folder, IPEndPoint address) : ILoginClient
{
    private static readonly Lazy<bool> s_isInstalled = new(() => ConsoleProgram.Works("mariadb", "--version"));

    internal static bool IsInstalled => s_isInstalled.Value;

    /// <summary>Skips the test if mariadb is not installed.</summary>
    internal static void SkipIfMissing() => ClientProgram.MariaDb.SkipIfMissing();

    public Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true)
    {
        string[] secret = token is null ? [] : [$"-p{token}"];
        const string Statement = "select current_user()";
        return isEncrypted ? RunAsync(user, certificate, Statement, secret) : RunWithoutTlsAsync(user, Statement, secret);
    }

    public string Show(int number, string state, string message) =>
        $"ERROR {number.ToString(CultureInfo.InvariantCulture)} ({state}): {message}";

    /// <summary>Runs statements over TLS and returns the text of both output streams.</summary>
    /// <param name="user">The user name.</param>
    /// <param name="certificate">The name of the certificate; null for none.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="more">Additional options.</param>
    internal Task<string> RunAsync(string user, string? certificate, string statements, params string[] more) =>
        RunAsync([.. LoginWith(user, certificate), .. more, "-Ne", statements]);

    /// <summary>Logs in and stays connected until standard input is closed. Prints each result immediately.</summary>
    internal Process Stay(string user, string? certificate) =>
        ConsoleProgram.Start(new("mariadb", [.. Server(), .. LoginWith(user, certificate), "-Nn"]));

    internal Task<string> RunWithoutTlsAsync(string user, string statements, params string[] more) =>
        RunAsync([$"-u{user}", "--skip-ssl", .. more, "-Ne", statements]);

    private string[] Server() => ["--no-defaults", "-h127.0.0.1", $"-P{address.Port.ToString(CultureInfo.InvariantCulture)}"];

    private string[] LoginWith(string user, string? certificate)
    {
        string[] pair = certificate is null
            ? ["--ssl"]
            : ["--ssl-cert", folder.In($"{certificate}-cert.pem"), "--ssl-key", folder.In($"{certificate}-key.pem")];
        return [$"-u{user}", .. pair, "--ssl-ca", folder.Ca];
    }

    private Task<string> RunAsync(string[] arguments) =>
        ConsoleProgram.RunAsync(new ProcessStartInfo("mariadb", [.. Server(), .. arguments]));
}
