using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CertAuth;

// Once, when the server starts. The certificates are reloaded when the files change.
using ServerTls tls = await ServerTls.OpenAsync("server-cert.pem", "server-key.pem", "ca-bundle.pem");
Account alice = Account.WithCertificate("alice", "REQUIRE SUBJECT '/C=US/O=Example/CN=alice'");
LoginAuthenticator authenticator = new();

using TcpListener listener = new(IPAddress.Loopback, 4433);
listener.Start();
while (true)
    _ = LogInAsync(await listener.AcceptTcpClientAsync());

// Handles one connection, concurrently with others. Whatever a client sends leads to a result, never to an exception.
async Task LogInAsync(TcpClient connection)
{
    using TcpClient client = connection;
    TlsAcceptResult accepted = await tls.AcceptAsync(client.GetStream(), client.Client.RemoteEndPoint);
    if (!accepted.Succeeded)
    {
        Console.WriteLine(accepted.Rejection);
        return;
    }

    await using SslStream stream = accepted.Stream;
    AuthenticationResult result = await authenticator.AuthenticateAsync(new(alice, accepted.Connection));
    Console.WriteLine(result); // accepted: alice by certificate
}
