using System.Security.Cryptography;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tls;

namespace Forwarding;

/// <summary>The server. One port is for clients; the other is for proxies and accepts only their certificates.</summary>
internal sealed class Server : IDisposable
{
    private const int ChallengeBytes = 20;

    private readonly LoginAuthenticator _logins;
    private readonly Dictionary<string, Account> _accounts;
    private readonly Listener _forClients;
    private readonly Listener _forProxies;

    internal Server(ServerTls clients, ServerTls proxies, ISource<SigningCertificateRing> signers, IEnumerable<Account> accounts)
    {
        _accounts = accounts.ToDictionary(account => account.UserName);
        _logins = new(new()
        {
            RequireSecureTransport = true,
            CertInfoVerifier = new CertInfoTokenVerifier(new() { SharedKey = signers }),
        });
        _forClients = new(clients, (connection, facts) => ServeAsync(connection, facts, isFromProxy: false));
        _forProxies = new(proxies, (connection, facts) => ServeAsync(connection, facts, isFromProxy: true));
    }

    internal int PortForClients => _forClients.Port;

    internal int PortForProxies => _forProxies.Port;

    /// <summary>The last decision, which a real server logs.</summary>
    internal AuthenticationResult? LastResult { get; private set; }

    /// <summary>The attributes of the last login that a real server stores and shows.</summary>
    internal IReadOnlyList<ConnectionAttribute> LastStored { get; private set; } = [];

    public void Dispose()
    {
        _forClients.Dispose();
        _forProxies.Dispose();
    }

    private async Task ServeAsync(LineConnection connection, TlsConnectionInfo facts, bool isFromProxy)
    {
        byte[] challenge = RandomNumberGenerator.GetBytes(ChallengeBytes);
        await connection.SendChallengeAsync(challenge);
        LoginMessage login = await LoginMessage.ReceiveAsync(connection);
        AuthenticationRequest request = new(_accounts.GetValueOrDefault(login.User) ?? Account.Unknown(login.User), facts)
        {
            ClientHost = "localhost",
            IsFromProxy = isFromProxy,
            Challenge = challenge,
            Attributes = new ConnectionAttributes(login.Attributes),
        };

        AuthenticationResult result = await _logins.AuthenticateAsync(request);
        (LastResult, LastStored) = (result, request.Attributes.WithoutCertInfo);

        // A rejected client does not learn the reason.
        await connection.SendAsync(result.Succeeded
            ? ["welcome", .. TlsStatus.GetRows(result.Identity.Connection).Select(row => $"{row.Name}={row.Value}"), "end"]
            : [$"{ClientError.For(request, result.Rejection)}", "end"]);
    }
}
