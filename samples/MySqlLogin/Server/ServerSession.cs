using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CertAuth;
using CertAuth.Tls;
using MySqlLogin.Accounts;
using MySqlLogin.Logging;
using MySqlLogin.Protocol;

namespace MySqlLogin.Server;

/// <summary>One connection: handshake, TLS, login, commands.</summary>
internal sealed class ServerSession
{
    internal const string Version = "8.0.11-CertAuth-MySqlLogin";

    private readonly LoginServer _server;
    private readonly uint _id;
    private readonly PacketStream _packets;
    private readonly byte[] _challenge = Challenges.Create();
    private readonly string _address;
    private Capabilities _capabilities;
    private TlsConnectionInfo? _connection;

    internal ServerSession(LoginServer server, Socket socket, uint id)
    {
        (_server, _id) = (server, id);
        _packets = new(new NetworkStream(socket));
        IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        _address = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    internal async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(_server.Options.LoginTimeout);
        try
        {
            ServerHandshake handshake = new(Version, _id, _challenge, Capabilities.Offered, Answers.NativePassword);
            if (await _packets.WriteAsync(handshake.Write(), deadline.Token)
                && await ReadResponseAsync(deadline.Token) is { } response
                && await LogInAsync(response, deadline.Token) is { } login)
            {
                await new CommandLoop(this, _packets, login).RunAsync(deadline);
            }
        }
        finally
        {
            await _packets.Stream.DisposeAsync();
        }
    }

    /// <summary>Decides a login and tells the client; null where it was refused, or the client sent nonsense.</summary>
    internal async Task<Login?> LogInAsync(ILoginRequest message, CancellationToken cancellationToken)
    {
        LoginAccount? account = _server.Files.Accounts.Current.Find(message.User, _address);
        Account policy = account?.Policy ?? PasswordAuthenticator.Nobody;
        if (await ReadCredentialAsync(policy, message, cancellationToken) is not { } credential)
            return null;

        AuthenticationRequest request = new()
        {
            Account = policy,
            Connection = _connection,
            Credential = credential,
            UserName = message.User,
            ClientHost = _address,
            IsFromProxy = _server.Options.Proxies is { } proxies && proxies.Evaluate(_connection) == FailureReason.None,
            Attributes = new(message.Attributes),
            Challenge = _challenge,
        };
        AuthenticationResult result = await _server.Logins.AuthenticateAsync(request, cancellationToken);
        _server.Log.WriteDecision(_id, account?.ToString(), request, result);
        if (!result.Succeeded)
        {
            ClientError error = ClientError.For(request, result.Refusal);
            await _packets.WriteAsync(Answers.Error(error.Code, error.SqlState, error.Message), cancellationToken);
            return null;
        }

        if (!Schema.Exists(message.Database))
        {
            await _packets.WriteAsync(Schema.Unknown(message.Database), cancellationToken);
            return null;
        }

        Login login = new(_id, account!, _address, message.Database, result.Identity.Connection);
        return await _packets.WriteAsync(Answers.Ok(), cancellationToken) ? login : null;
    }

    internal async Task<Login?> ChangeUserAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        PacketError error = ChangeUserRequest.TryRead(payload, _capabilities, out ChangeUserRequest? request);
        if (request is not null)
            return await LogInAsync(request, cancellationToken);
        await RefuseAsync(error, cancellationToken);
        return null;
    }

    internal CancellationTokenSource Restart(CancellationTokenSource deadline, bool isIdle)
    {
        deadline.CancelAfter(isIdle ? _server.Options.IdleTimeout : _server.Options.LoginTimeout);
        return deadline;
    }

    /// <summary>Tells a client that its packet is no good, if it still listens, and the log why.</summary>
    internal async Task RefuseAsync(PacketError error, CancellationToken cancellationToken)
    {
        _server.Log.Write("packet", json =>
        {
            json.WriteNumber("connection", _id);
            json.WriteString("host", _address);
            json.WriteString("problem", error.ToString());
        });
        if (error != PacketError.Closed)
            await _packets.WriteAsync(Answers.For(error), cancellationToken);
    }

    private async Task<HandshakeResponse?> ReadResponseAsync(CancellationToken cancellationToken)
    {
        Frame frame = await _packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
        if (frame.Error == PacketError.None && HandshakeResponse.IsSslRequest(frame.Payload))
        {
            if (!await EncryptAsync(cancellationToken))
                return null;
            frame = await _packets.ReadAsync(Bounds.LoginPacket, cancellationToken);
        }

        PacketError error = frame.Error;
        HandshakeResponse? response = null;
        if (error == PacketError.None)
            error = HandshakeResponse.TryRead(frame.Payload, out response);
        if (response is null)
            await RefuseAsync(error, cancellationToken);
        _capabilities = response?.Capabilities ?? default;
        return response;
    }

    private async Task<bool> EncryptAsync(CancellationToken cancellationToken)
    {
        SslStream encrypted = new(_packets.Stream);
        _packets.UpgradeTo(encrypted);
        try
        {
            await encrypted.AuthenticateAsServerAsync(_server.Tls.CreateServerOptions(), cancellationToken);
            _connection = _server.Tls.GetConnectionInfo(encrypted);
            return true;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            _server.Log.Write("handshake", json =>
            {
                json.WriteNumber("connection", _id);
                json.WriteString("host", _address);
                if (_server.Tls.GetRefusal(encrypted) is { } refusal)
                    DecisionLog.WriteRefusal(json, refusal);
                else
                    json.WriteString("problem", (exception.InnerException ?? exception).Message);
            });
            return false;
        }
    }

    // A token is asked for in clear text, and so only where the connection keeps it secret; without TLS the login is refused as it is.
    private async Task<ReadOnlyMemory<byte>?> ReadCredentialAsync(Account account, ILoginRequest message, CancellationToken cancellationToken)
    {
        if (account.Method != AuthenticationMethod.Token || _connection is null || message.Plugin == Answers.ClearPassword)
            return message.Authentication;
        if (!await _packets.WriteAsync(Answers.SwitchTo(Answers.ClearPassword), cancellationToken))
            return null;

        Frame frame = await _packets.ReadAsync(Bounds.CredentialPacket, cancellationToken);
        if (frame.Error == PacketError.None)
            return frame.Payload;
        await RefuseAsync(frame.Error, cancellationToken);
        return null;
    }
}
