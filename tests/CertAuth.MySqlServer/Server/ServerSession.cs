using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Protocol;
using CertAuth.Requirements;

namespace CertAuth.MySqlServer.Server;

/// <summary>The session of one connection: handshake, login, commands.</summary>
internal sealed class ServerSession(LoginServer server, Connection connection, ConnectionGreeter client)
{
    internal const string Version = "8.0.11-CertAuth-MySqlServer";

    // Represents every account in the decision whether to ask a client for a token.
    private static readonly Account s_anyTokenAccount = Account.WithToken("any", LoginRequirement.None);

    // One challenge for the whole connection. A login by COM_CHANGE_USER is also bound to it.
    private readonly byte[] _challenge = Challenges.Create();
    private Capabilities _capabilities;

    internal ServerStatistics Statistics => server.Statistics;

    private bool IsFromProxy => server.Options.Proxies is { } proxies && proxies.Evaluate(client.Connection) == RejectionReason.None;

    internal static async Task RunAsync(LoginServer server, Connection connection)
    {
        connection.Deadline.CancelAfter(server.Options.LoginTimeout);
        await using ConnectionGreeter client = new(connection.Socket, connection.Id, server.Tls, server.Log);
        await new ServerSession(server, connection, client).RunAsync(connection.Deadline);
    }

    internal async Task<Login?> ChangeUserAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        PacketError error = ChangeUserRequest.Read(payload, _capabilities, out ChangeUserRequest? request);
        if (request is not null)
            return await LogInAsync(request, cancellationToken);
        await client.RejectAsync(error, cancellationToken);
        return null;
    }

    internal void RestartDeadline(CancellationTokenSource deadline, bool isIdle) =>
        deadline.CancelAfter(isIdle ? server.Options.IdleTimeout : server.Options.LoginTimeout);

    private async Task RunAsync(CancellationTokenSource deadline)
    {
        ServerHandshake handshake = new(Version, connection.Id, _challenge, Capabilities.Offered, Responses.NativePassword);
        if (await client.GreetAsync(handshake, deadline.Token) is not { } response)
            return;
        _capabilities = response.Capabilities;
        if (await LogInAsync(response, deadline.Token) is { } login)
            await new CommandLoop(this, client, login).RunAsync(deadline);
    }

    /// <summary>Decides a login and sends the result to the client. Returns null if the login was rejected or a packet could not be
    /// read.</summary>
    private async Task<Login?> LogInAsync(ILoginRequest message, CancellationToken cancellationToken)
    {
        LoginAccount? account = server.Files.Accounts.Current.Find(message.User, client.Address);
        Account policy = account?.Policy ?? Account.Unknown(message.User);
        if (await ReadCredentialAsync(message, cancellationToken) is not { } credential)
            return null;

        // The connection may be older than the trust bundle, or its certificate may have expired since the handshake.
        Rejection? rejection = client.Reverify();
        AuthenticationRequest request = new(policy, client.Connection)
        {
            Credential = credential,
            ClientHost = client.Address,
            IsFromProxy = IsFromProxy,
            Attributes = new(message.Attributes),
            Challenge = _challenge,
        };
        AuthenticationResult result = rejection is null
            ? await server.Logins.AuthenticateAsync(request, cancellationToken)
            : AuthenticationResult.Rejected(rejection, client.Connection);
        server.Log.WriteDecision(connection.Id, account?.ToString(), request, result);
        byte[]? error = null;
        if (!result.Succeeded)
            error = Responses.Error(ClientError.For(request, result.Rejection));
        else if (!Schema.Exists(message.Database))
            error = Schema.Unknown(message.Database);
        else if (!connection.TryLogIn())
            error = Responses.TooManyConnections();
        if (error is not null)
        {
            await client.Packets.WriteAsync(error, cancellationToken);
            return null;
        }

        Login login = new(connection.Id, account!, client.Address, message.Database, result.Identity!.Connection);
        return await client.Packets.WriteAsync(Responses.Ok(), cancellationToken) ? login : null;
    }

    // The server asks for a token in clear text only over TLS; without TLS it decides the login as received. Whether it asks depends on
    // what the client presents and never on the account, because the question would otherwise reveal which accounts exist.
    private async Task<ReadOnlyMemory<byte>?> ReadCredentialAsync(ILoginRequest message, CancellationToken cancellationToken)
    {
        bool isAsked = message.Plugin != Responses.ClearPassword && MayHaveToken(message)
            && server.Logins.GetCredentialToAskFor(s_anyTokenAccount, client.Connection) == CredentialKind.Token;
        if (!isAsked)
            return message.Authentication;
        if (!await client.Packets.WriteAsync(Responses.SwitchTo(Responses.ClearPassword), cancellationToken))
            return null;

        Frame frame = await client.Packets.ReadAsync(Bounds.CredentialPacket, cancellationToken);
        if (frame.Error == PacketError.None)
            return frame.Payload;
        await client.RejectAsync(frame.Error, cancellationToken);
        return null;
    }

    // A client without a password answers the challenge with no bytes. So does every client that does not know the announced plugin. If
    // such a client has a certificate, it is not asked for a token, so that it need not enable clear-text passwords.
    private bool MayHaveToken(ILoginRequest message)
    {
        if (message.Authentication.Span is not ([] or [0]))
            return true;
        bool hasCertificate = client.Connection?.ClientCertificate is not null && !IsFromProxy;
        return message.Plugin != Responses.NativePassword && !hasCertificate;
    }
}
