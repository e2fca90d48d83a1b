using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A real MariaDB server with TLS, with its data in a folder of its own.</summary>
internal sealed class MariaDbServer : IAsyncDisposable
{
    private static readonly Lazy<bool> s_isInstalled =
        new(() => ConsoleProgram.Works("mariadbd", "--version") && ConsoleProgram.Works("sh", "-c", "command -v mariadb-install-db"));

    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private MariaDbServer(DirectoryInfo directory, Process process, MariaDbClient client) =>
        (_directory, _process, Client) = (directory, process, client);

    /// <summary>Gets a client that logs in over TCP.</summary>
    internal MariaDbClient Client { get; }

    private string Socket => GetSocket(_directory);

    internal static void SkipIfMissing() => Assert.SkipUnless(s_isInstalled.Value, "mariadb-server is not installed.");

    /// <summary>Starts a server with the CA and the server certificate of a folder.</summary>
    internal static async Task<MariaDbServer> StartAsync(Folder folder)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("certauth-mariadb-");
        string data = Path.Combine(directory.FullName, "data"), user = $"--user={Environment.UserName}";
        await ConsoleProgram.RunAsync(new(
            "mariadb-install-db",
            ["--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", user]));

        int port = FindPort();
        Process process = ConsoleProgram.Start(new(
            "mariadbd",
            [
                "--no-defaults", $"--datadir={data}", user, $"--socket={GetSocket(directory)}", "--bind-address=127.0.0.1",
                $"--port={port.ToString(CultureInfo.InvariantCulture)}", $"--pid-file={Path.Combine(directory.FullName, "pid")}",
                $"--ssl-ca={folder.Ca}", $"--ssl-cert={folder.ServerCertificate}", $"--ssl-key={folder.ServerKey}",
            ]));
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        MariaDbServer server = new(directory, process, new(folder, new IPEndPoint(IPAddress.Loopback, port)));
        await Eventually.HoldsAsync(
            () => ConsoleProgram.Works("mariadb-admin", "--no-defaults", "-S", server.Socket, "ping"), "MariaDB accepts connections");
        return server;
    }

    /// <summary>Runs statements as root and returns what they print.</summary>
    internal Task<string> ExecuteAsync(string statements) =>
        ConsoleProgram.RunAsync(new("mariadb", ["--no-defaults", "-uroot", "-S", Socket, "-Nre", statements]));

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string GetSocket(DirectoryInfo directory) => Path.Combine(directory.FullName, "s");

    private static int FindPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
