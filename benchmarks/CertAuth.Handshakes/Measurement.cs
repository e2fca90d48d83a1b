using System.Net;

namespace CertAuth.Handshakes;

/// <summary>Measures honest logins with 0, 16 and 40 hostile clients.</summary>
internal sealed class Measurement(string folder, TimeSpan time)
{
    internal const double Goal = 3;

    private static readonly (int Clients, int Addresses, SslProtocols Version)[] s_attacks =
    [
        (16, 1, SslProtocols.Tls13), (40, 1, SslProtocols.Tls13), (40, 1, SslProtocols.Tls12), (40, 40, SslProtocols.Tls13),
    ];

    private readonly int _minLogins = time < TimeSpan.FromSeconds(1) ? 1 : 5;

    /// <summary>Measures one server mode and prints its table. Returns the worst ratio with hostile clients on one address.</summary>
    internal async Task<double> MeasureAsync(string mode)
    {
        await using Child server = await Child.StartAsync(Environment.ProcessPath!, "serve", folder, mode);
        IPEndPoint address = new(IPAddress.Loopback, int.Parse(server.FirstLine, CultureInfo.InvariantCulture));
        HonestClient honest = new(folder, address);
        await honest.RunAsync(time / 4, _minLogins);

        TextTable table = new(
            $"{mode}, hostile clients", "logins", "failed", "median", "p90", "max", "x none", "ended", "processor");
        double undisturbed = await MeasureAsync(table, "none", server, honest, undisturbed: null);
        double worst = 0;
        foreach ((int clients, int addresses, SslProtocols version) in s_attacks)
        {
            await using Child hostile = await Child.StartAsync(
                Environment.ProcessPath!, "attack", folder, $"{address.Port}", $"{clients}", $"{addresses}", $"{version}");
            await Task.Delay(time / 4);
            string what = $"{clients} on {addresses} address{(addresses == 1 ? "" : "es")}, {version}";
            double median = await MeasureAsync(table, what, server, honest, undisturbed);
            if (addresses == 1)
                worst = Math.Max(worst, median / undisturbed);
        }

        table.Print();
        return worst;
    }

    // Adds a row and returns the median.
    private async Task<double> MeasureAsync(TextTable table, string hostile, Child server, HonestClient honest, double? undisturbed)
    {
        long[] before = Parse(await server.AskAsync());
        (double[] times, int failed) = await honest.RunAsync(time, _minLogins);
        long[] after = Parse(await server.AskAsync());
        double median = times[times.Length / 2];
        double[] figures = [median, times[times.Length * 9 / 10], times[^1], median / (undisturbed ?? median)];
        table.Add(
        [
            hostile, $"{times.Length}", $"{failed}", .. figures.Select(figure => Results.Format(figure, "0.0")),
            $"{after[0] - before[0]}", $"{after[1] - before[1]}",
        ]);
        return median;
    }

    private static long[] Parse(string line) => [.. line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
}
