using System.Net;
using System.Net.Sockets;

namespace CertAuth.Handshakes;

/// <summary>A client that logs in repeatedly from its own address and measures the time.</summary>
internal sealed class HonestClient(string folder, IPEndPoint server)
{
    private readonly SslClientAuthenticationOptions _options = Material.LoadClient(folder, "alice", SslProtocols.Tls13);

    /// <summary>Logs in repeatedly until the time has elapsed and the minimum number of logins is reached. Returns the milliseconds of each
    /// login, in ascending order, and the number of those that were not accepted because of a time limit.</summary>
    internal async Task<(double[] Times, int Failed)> RunAsync(TimeSpan time, int minLogins)
    {
        List<double> times = [];
        int failed = 0;
        Stopwatch all = Stopwatch.StartNew();
        while (all.Elapsed < time || times.Count < minLogins)
        {
            Stopwatch one = Stopwatch.StartNew();
            failed += await TryLogInAsync() ? 0 : 1;
            times.Add(one.Elapsed.TotalMilliseconds);
            await Task.Delay(10);
        }

        return ([.. times.Order()], failed);
    }

    private async Task<bool> TryLogInAsync()
    {
        using TcpClient client = new(new IPEndPoint(IPAddress.Loopback, 0)) { NoDelay = true };
        try
        {
            await client.ConnectAsync(server);
            await using SslStream stream = new(client.GetStream());
            await stream.AuthenticateAsClientAsync(_options);
            byte[] answer = new byte["welcome"u8.Length];
            await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
            return answer.AsSpan().SequenceEqual("welcome"u8);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
