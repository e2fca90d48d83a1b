using CertAuth.Handshakes;

// The effect of hostile clients on honest logins; see benchmarks/README.md. With "serve" or "attack", the program is one of the processes
// that the measurement starts.
return args switch
{
    ["serve", var folder, var mode] => await LoginServer.RunAsync(folder, mode),
    ["attack", var folder, var port, var clients, var addresses, var version] =>
        await HostileClients.RunAsync(folder, port, clients, addresses, version),
    _ => await Measurement.RunAsync(args),
};
