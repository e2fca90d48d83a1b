using System.Collections.Immutable;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tls;

namespace Forwarding;

/// <summary>The proxy. It terminates the client's TLS, connects to the server over TLS, and forwards the facts of the client's
/// connection.</summary>
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

    /// <summary>Gets the TLS status of the last client's connection to the proxy.</summary>
    internal ImmutableArray<TlsStatusRow> LastStatus { get; private set; }

    /// <summary>The last token that was sent, for the replays of the sample.</summary>
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
            // A real proxy logs this.
            Console.WriteLine($"  the proxy rejects the login: {rejection}");
            AuthenticationRequest request = new(Account.Unknown(login.User)) { ClientHost = "localhost" };
            await client.SendAsync([$"{ClientError.For(request, rejection)}", "end"]);
            return;
        }

        (LastStatus, LastToken) = (TlsStatus.GetRows(facts), token.ToAttributes());

        // Attributes of these names that the client itself sent are removed.
        ImmutableArray<ConnectionAttribute> others = new ConnectionAttributes(login.Attributes).WithoutCertInfo;
        await new LoginMessage(login.User, [.. others, .. token.ToAttributes()]).SendAsync(server);
        await client.SendAsync([.. await server.ReceiveUntilAsync("end"), "end"]);
    }
}
