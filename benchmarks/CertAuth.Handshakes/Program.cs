using CertAuth.Handshakes;

// The effect of hostile clients on honest logins; see benchmarks/README.md. With "serve" or "attack", the program is one of the processes
// that the measurement starts.
if (args is ["serve", var folder, var mode])
    return await LoginServer.RunAsync(folder, mode);
if (args is ["attack", var files, var port, var clients, var addresses, var version])
    return await HostileClients.RunAsync(files, port, clients, addresses, version);

// OpenSSL accepts at most 100 KiB of certificates from a client, which is about 75.
Arguments arguments = new(args);
int seconds = arguments.ReadNumber("--seconds", 10, 1);
int certificates = arguments.ReadNumber("--certificates", arguments.IsSmoke ? 3 : 55, 1);
if (!arguments.IsValid)
    return Arguments.Fail("usage: CertAuth.Handshakes [--seconds 10] [--certificates 55] [--strict | --smoke]");

using Material material = new(certificates);
Console.WriteLine($"hostile chain: {certificates} certificates, {material.HostileBytes} bytes; {Environment.ProcessorCount} processors\n");
Measurement measurement = new(material.Folder, arguments.IsSmoke ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(seconds));
await measurement.MeasureAsync(LoginServer.Plain);
double worst = await measurement.MeasureAsync(LoginServer.Limited);
Console.WriteLine(arguments.IsSmoke
    ? Results.SmokeNotice
    : $"goal with {LoginServer.Limited}, hostile clients on one address: under {Measurement.Goal} times the undisturbed median; "
        + $"worst {Results.Format(worst, "0.0")}: {Results.Verdict(worst < Measurement.Goal)}");
return arguments.IsStrict && worst >= Measurement.Goal ? 1 : 0;
