using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The <c>mysql2</c> package of Node.js, run by the script <c>mysql2-login.cjs</c>.</summary>
internal sealed class Mysql2Client(Folder folder, IPEndPoint address) : ILoginClient
{
    private static readonly string s_script = Path.Combine(AppContext.BaseDirectory, "Support", "mysql2-login.cjs");
    private static readonly Lazy<bool> s_isInstalled = new(() => ConsoleProgram.Works("node", "-e", "require('mysql2')"));

    internal static bool IsInstalled => s_isInstalled.Value;

    public Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true) =>
        RunAsync(user, certificate, token, isEncrypted ? "" : null, ["select current_user()"]);

    public string Show(int number, string state, string message) =>
        $"ERROR {number.ToString(CultureInfo.InvariantCulture)} ({state}): {message}";

    /// <summary>Runs statements and returns the rows or the error.</summary>
    /// <param name="user">The user name.</param>
    /// <param name="certificate">The name of the certificate to present; null for none.</param>
    /// <param name="password">The password or token; null for none.</param>
    /// <param name="tlsVersion">The only TLS version to offer; empty for all versions, null for no TLS.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="connections">The number of consecutive connections, each of which runs all statements.</param>
    /// <param name="changeTo">The users to change to in order (COM_CHANGE_USER). Each runs the same statements.</param>
    internal Task<string> RunAsync(
        string user,
        string? certificate,
        string? password,
        string? tlsVersion,
        string[] statements,
        int connections = 1,
        params string[] changeTo)
    {
        string? version = tlsVersion is { Length: > 0 } ? tlsVersion : null;
        var tls = tlsVersion is null ? null : new
        {
            ca = File.ReadAllText(folder.Ca),
            cert = certificate is null ? null : File.ReadAllText(folder.In($"{certificate}-cert.pem")),
            key = certificate is null ? null : File.ReadAllText(folder.In($"{certificate}-key.pem")),
            minVersion = version,
            maxVersion = version,
        };
        string options = JsonSerializer.Serialize(new
        {
            connect = new { host = "127.0.0.1", port = address.Port, user, password, ssl = tls, enableCleartextPlugin = true },
            statements,
            connections,
            changeTo,
        });
        return ConsoleProgram.RunAsync(new ProcessStartInfo("node", [s_script]), options);
    }
}
