using System.Collections.Immutable;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tls;

namespace Forwarding;

/// <summary>The proxy: ends the client's TLS, opens its own to the server, and says there whose connection it is.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly Listener _listener;
    private readonly CertInfoTokenIssuer _issuer;
    private readonly Func<Task<LineConnection>> _connect;

    internal Proxy(ServerTls clients, ISource<SigningKeyPair> keys, int serverPort, TestCertificateAuthority serverCa, TestCertificate own)
    {
        _issuer = new(keys);
        _connect = () => LineConnection.OpenAsync(serverPort, serverCa, own);
        _listener = new(clients, ServeAsync);
    }

    internal int Port => _listener.Port;

    /// <summary>The status of the last client's connection, as it looks from here.</summary>
    internal ImmutableArray<TlsStatusRow> LastStatus { get; private set; }

    /// <summary>The last pair that was sent: whoever reads the server's traffic or memory has it, too.</summary>
    internal ImmutableArray<ConnectionAttribute> LastToken { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(LineConnection client, TlsConnectionInfo facts)
    {
        await using LineConnection server = await _connect();
        byte[] challenge = await server.ReceiveChallengeAsync();
        await client.SendChallengeAsync(challenge);
        LoginMessage login = await LoginMessage.ReceiveAsync(client);
        if (!_issuer.TryIssue(facts, login.User, challenge, out CertInfoToken? token, out Rejection? rejection))
        {
            // For the proxy's log.
            Console.WriteLine($"  the proxy refuses {rejection}");
            AuthenticationRequest request = new() { Account = Account.Unknown(login.User), ClientHost = "localhost" };
            await client.SendAsync([$"{ClientError.For(request, rejection)}", "end"]);
            return;
        }

        (LastStatus, LastToken) = (TlsStatus.GetRows(facts), token.ToAttributes());

        // What the client itself sent under these names is not passed on.
        ImmutableArray<ConnectionAttribute> others = new ConnectionAttributes(login.Attributes).WithoutCertInfo;
        await new LoginMessage(login.User, [.. others, .. token.ToAttributes()]).SendAsync(server);
        await client.SendAsync([.. await server.ReceiveUntilAsync("end"), "end"]);
    }
}
