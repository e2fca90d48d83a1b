using System.Globalization;
using System.Net;
using System.Security.Authentication;

namespace CertAuth.Handshakes;

/// <summary>Measures honest logins with 0, 16 and 40 hostile clients, with plain handshakes and with <c>AcceptAsync</c>.</summary>
internal sealed class Measurement(Options options, Material material)
{
    private const double Goal = 3;

    private static readonly (int Clients, int Addresses, SslProtocols Version)[] s_attacks =
    [
        (16, 1, SslProtocols.Tls13), (40, 1, SslProtocols.Tls13), (40, 1, SslProtocols.Tls12), (40, 40, SslProtocols.Tls13),
    ];

    internal static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        using Material material = new(options.Certificates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"hostile chain: {options.Certificates} certificates, {material.HostileBytes} bytes; {Environment.ProcessorCount} processors"));
        Console.WriteLine(Row.Header);
        Measurement measurement = new(options, material);
        await measurement.MeasureAsync(LoginServer.Plain);
        double worst = await measurement.MeasureAsync(LoginServer.Limited);
        if (options.IsSmoke)
        {
            Console.WriteLine("This is a smoke run: the figures are not meaningful.");
        }
        else
        {
            string outcome = worst < Goal ? "met" : "MISSED";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"goal with {LoginServer.Limited}, hostile clients on one address: under {Goal} times the undisturbed median; "
                + $"worst {worst:F1}: {outcome}"));
        }

        return options.IsStrict && worst >= Goal ? 1 : 0;
    }

    /// <summary>Measures one server mode. Returns the worst ratio with hostile clients on one address.</summary>
    private async Task<double> MeasureAsync(string mode)
    {
        await using Child server = await Child.StartAsync("serve", material.Folder, mode);
        IPEndPoint address = new(IPAddress.Loopback, int.Parse(server.FirstLine, CultureInfo.InvariantCulture));
        HonestClient honest = new(material.Folder, address);
        await honest.RunAsync(options.Time / 4, options.MinLogins);

        Row none = await MeasureAsync(mode, "none", server, honest, undisturbed: null);
        Console.WriteLine(none);
        double worst = 0;
        foreach ((int clients, int addresses, SslProtocols version) in s_attacks)
        {
            await using Child hostile = await Child.StartAsync(
                "attack", material.Folder, $"{address.Port}", $"{clients}", $"{addresses}", $"{version}");
            await Task.Delay(options.Time / 4);
            string what = $"{clients} on {addresses} address{(addresses == 1 ? "" : "es")}, {version}";
            Row row = await MeasureAsync(mode, what, server, honest, none.Honest.Median);
            Console.WriteLine(row);
            if (addresses == 1)
                worst = Math.Max(worst, row.Ratio);
        }

        return worst;
    }

    private async Task<Row> MeasureAsync(string mode, string hostile, Child server, HonestClient honest, double? undisturbed)
    {
        (int rejected, long processor) before = Parse(await server.AskAsync());
        Logins logins = await honest.RunAsync(options.Time, options.MinLogins);
        (int rejected, long processor) after = Parse(await server.AskAsync());
        return new(
            mode, hostile, logins, undisturbed ?? logins.Median, after.rejected - before.rejected, after.processor - before.processor);
    }

    private static (int Rejected, long Processor) Parse(string line)
    {
        long[] figures = [.. line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return ((int)figures[0], figures[1]);
    }
}
