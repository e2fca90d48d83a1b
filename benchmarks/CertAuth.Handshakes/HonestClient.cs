using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CertAuth.Handshakes;

/// <summary>A client that logs in repeatedly from its own address and measures the time.</summary>
internal sealed class HonestClient(string folder, IPEndPoint server)
{
    private readonly SslStreamCertificateContext _alice = Material.LoadClient(folder, "alice");

    /// <summary>Logs in repeatedly until the time has elapsed and the minimum number of logins is reached.</summary>
    internal async Task<Logins> RunAsync(TimeSpan time, int minLogins)
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

        return new([.. times.Order()], failed);
    }

    private async Task<bool> TryLogInAsync()
    {
        using TcpClient client = new(new IPEndPoint(IPAddress.Loopback, 0)) { NoDelay = true };
        try
        {
            await client.ConnectAsync(server);
            await using SslStream stream = new(client.GetStream());
            await stream.AuthenticateAsClientAsync(Handshakes.ClientOptions(SslProtocols.Tls13, _alice));
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
