using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using MySqlLogin.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Node's <c>mysql2</c>, by the script <c>mysql2-login.cjs</c>.</summary>
internal sealed class Mysql2Client(Folder folder, IPEndPoint address) : ILoginClient
{
    private static readonly string s_script = Path.Combine(AppContext.BaseDirectory, "Support", "mysql2-login.cjs");
    private static readonly Lazy<bool> s_isInstalled = new(() => ConsoleProgram.Works("node", "-e", "require('mysql2')"));

    internal static bool IsInstalled => s_isInstalled.Value;

    public Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true) =>
        RunAsync(user, certificate, token, isEncrypted ? "" : null, ["select current_user()"]);

    public string Show(int number, string state, string message) => $"ERROR {number.ToString(CultureInfo.InvariantCulture)} ({state}): {message}";

    /// <summary>Gives the rows, or the error.</summary>
    /// <param name="user">Who logs in.</param>
    /// <param name="certificate">Whose certificate is presented; null for none.</param>
    /// <param name="password">The password or token; null for none.</param>
    /// <param name="tlsVersion">The one version that is offered; empty for what there is, null for no TLS.</param>
    /// <param name="statements">What is asked.</param>
    /// <param name="connections">How often all that is done, one connection after the other.</param>
    /// <param name="changeTo">Whom the connection is given to, one after the other (COM_CHANGE_USER); each asks the same.</param>
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
