// The server and the proxy of the end-to-end tests, run by hand. See README.md.
using System.Net;
using System.Net.Sockets;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;
using CertAuth.Transport;

JsonLog log = new(Console.Out);
try
{
    switch (args)
    {
        case ["init", var folder]:
            new Initializer(new(folder)).Run();
            return 0;
        case ["token", var folder, var user]:
            Console.WriteLine(Initializer.MintToken(new(folder), user));
            return 0;
        case ["server" or "backend", var folder, var address]:
            await ServeAsync(new()
            {
                Folder = new(folder),
                Address = IPEndPoint.Parse(address),
                Proxies = args[0] == "backend" ? Initializer.ProxyRequirement : null,
            });
            return 0;
        case ["proxy", var folder, var address, var backend]:
            await ForwardAsync(new()
            {
                Folder = new(folder),
                Address = IPEndPoint.Parse(address),
                Server = IPEndPoint.Parse(backend),
                ServerName = ServerName.Parse("localhost"),
            });
            return 0;
        default:
            Console.Error.WriteLine("""
                usage: CertAuth.MySqlServer init FOLDER
                       CertAuth.MySqlServer token FOLDER USER
                       CertAuth.MySqlServer server FOLDER ADDRESS:PORT
                       CertAuth.MySqlServer backend FOLDER ADDRESS:PORT
                       CertAuth.MySqlServer proxy FOLDER ADDRESS:PORT BACKEND-ADDRESS:PORT
                """);
            return 2;
    }
}
catch (Exception exception) when (exception is FormatException or InvalidDataException or IOException or SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task ServeAsync(ServerOptions options)
{
    using LoginServer server = await LoginServer.OpenAsync(options, log);
    log.Write("listening", json => json.WriteString("address", server.Address.ToString()));
    await server.RunAsync(CancellationToken.None);
}

async Task ForwardAsync(ProxyOptions options)
{
    using LoginProxy proxy = await LoginProxy.OpenAsync(options, log);
    log.Write("listening", json => json.WriteString("address", proxy.Address.ToString()));
    await proxy.RunAsync(CancellationToken.None);
}
