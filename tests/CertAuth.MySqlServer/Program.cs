// A login server for real MySQL clients, and a proxy in front of it. See README.md.
using System.Runtime.InteropServices;
using CertAuth.MySqlServer;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

const string Usage = """
    CertAuth.MySqlServer init   --folder DIR
    MySqlLogin token  --folder DIR [--user NAME] [--email ADDRESS] [--issuer ISSUER]
    MySqlLogin server --folder DIR [--listen 127.0.0.1:4000] [--tls-version TLSv1.2|TLSv1.3] [--ssl-cipher LIST]
                      [--require-secure-transport] [--continue-unverified] [--proxies "SAN 'URI:…'"] [--poll SECONDS]
    MySqlLogin proxy  --folder DIR --server ADDRESS:PORT [--server-name NAME] [--listen 127.0.0.1:6000] [--tls-version TLSv1.2|TLSv1.3]
                      [--ssl-cipher LIST] [--continue-unverified] [--poll SECONDS]
    """;

if (Arguments.AsksForHelp(args))
{
    Console.WriteLine(Usage);
    return 0;
}

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnStop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnStop);
try
{
    Arguments arguments = new(args);
    Folder folder = new(arguments.Get("--folder", "mysql-login"));
    JsonLog log = new(Console.Out, TimeProvider.System);
    switch (arguments.Command)
    {
        case "init":
            arguments.ThrowIfUnknown();
            new Initializer(folder).Run();
            Console.WriteLine($"Created certificates, keys and accounts in {folder.Path}");
            return 0;
        case "token":
            Console.WriteLine(CommandLine.MintToken(arguments, folder));
            return 0;
        case "server":
            await ServeAsync(CommandLine.ReadServer(arguments, folder), log);
            return 0;
        case "proxy":
            await ForwardAsync(CommandLine.ReadProxy(arguments, folder), log);
            return 0;
        default:
            string problem = arguments.Command.Length == 0 ? "A command is missing." : $"The command '{arguments.Command}' is unknown.";
            Console.Error.WriteLine(problem);
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // Stopped while opening the files.
    return 0;
}
catch (Exception exception) when (exception is
    ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

void OnStop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

async Task ServeAsync(ServerOptions options, JsonLog log)
{
    using LoginServer server = await LoginServer.OpenAsync(options, log, stop.Token);
    using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = server.Files.ReloadAsync();
    });
    log.Write("listening", json => json.WriteString("address", server.Address.ToString()));
    await server.RunAsync(stop.Token);
}

async Task ForwardAsync(ProxyOptions options, JsonLog log)
{
    using LoginProxy proxy = await LoginProxy.OpenAsync(options, log, stop.Token);
    using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = proxy.Files.ReloadAsync();
    });
    log.Write("listening", json => json.WriteString("address", proxy.Address.ToString()));
    await proxy.RunAsync(stop.Token);
}
