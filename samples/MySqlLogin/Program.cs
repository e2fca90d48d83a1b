// A login server for MySQL clients: in-band TLS, accounts that log in by certificate, and files that are reloaded. See README.md.
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using CertAuth;
using CertAuth.Reloading;
using MySqlLogin;

if (args is not [var folder, var listen, var poll]
    || !IPEndPoint.TryParse(listen, out IPEndPoint? address)
    || !ushort.TryParse(poll, NumberStyles.None, CultureInfo.InvariantCulture, out ushort seconds) || seconds == 0)
{
    Console.Error.WriteLine("usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS");
    Console.Error.WriteLine("The server checks the files in FOLDER for changes every SECONDS seconds, from 1 to 65535.");
    return 2;
}

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    JsonLog log = new(Console.Out);
    using ReloadMonitor monitor = new();
    ReloadOptions reload = new() { PollInterval = TimeSpan.FromSeconds(seconds), Logger = log, Monitor = monitor };
    using ServerTls tls = await ServerTls.OpenAsync(
        Path.Combine(folder, "server-cert.pem"),
        Path.Combine(folder, "server-key.pem"),
        Path.Combine(folder, "ca-bundle.pem"),
        reloadOptions: reload,
        cancellationToken: stop.Token);
    using Reloadable<FrozenDictionary<string, Account>> accounts = await Reloadable.OpenAsync(
        [Path.Combine(folder, "accounts.tsv")], new AccountFileReader(), reload, stop.Token);
    using LoginServer server = new(address, tls, accounts, log);
    using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = monitor.ReloadAllAsync();
    });
    log.Write("listening", new { Address = server.Address.ToString() });
    await server.RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // Stopped while opening the files.
    return 0;
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or SocketException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
