using System.Net;
using System.Net.Sockets;

namespace CertAuth.Handshakes;

/// <summary>The process of the hostile clients. Each repeatedly connects and sends the expensive chain. The process exits at the end of its
/// input.</summary>
internal static class HostileClients
{
    // Without a pause, connecting would cost the kernel more than the server.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    internal static async Task<int> RunAsync(string folder, string port, string clients, string addresses, string version)
    {
        SslClientAuthenticationOptions options = Material.LoadClient(folder, "hostile", Enum.Parse<SslProtocols>(version));
        int count = Parse(clients), spread = Parse(addresses);
        IPEndPoint server = new(IPAddress.Loopback, Parse(port));
        for (int i = 0; i < count; i++)
            _ = AttackAsync(server, options, new IPAddress([127, 0, 1, (byte)(1 + (i % spread))]));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine("ready");
        return 0;
    }

    private static async Task AttackAsync(IPEndPoint server, SslClientAuthenticationOptions options, IPAddress address)
    {
        while (true)
        {
            using TcpClient client = new(new IPEndPoint(address, 0));
            try
            {
                await client.ConnectAsync(server);
                await using SslStream stream = new(client.GetStream());
                await stream.AuthenticateAsClientAsync(options);
                await stream.ReadExactlyAsync(new byte[1]);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or SocketException)
            {
                // The server rejects the handshake, as expected.
            }

            await Task.Delay(s_pause);
        }
    }

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
