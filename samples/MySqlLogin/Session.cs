using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;
using CertAuth;
using CertAuth.Requirements;
using MySqlLogin.Protocol;

namespace MySqlLogin;

/// <summary>One connection: handshake, TLS, login, commands.</summary>
internal sealed class Session : IAsyncDisposable
{
    private static readonly TimeSpan s_loginTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromMinutes(10);

    private readonly LoginServer _server;
    private readonly uint _id;
    private readonly IPEndPoint _peer;
    private readonly string _host;
    private readonly PacketStream _packets;
    private readonly CancellationTokenSource _deadline;

    // The facts of the TLS connection; null without TLS.
    private TlsConnectionInfo? _connection;
    private string _user = "";

    internal Session(LoginServer server, Socket socket, uint id, CancellationToken stop)
    {
        (_server, _id, _peer) = (server, id, (IPEndPoint)socket.RemoteEndPoint!);
        _host = (_peer.Address.IsIPv4MappedToIPv6 ? _peer.Address.MapToIPv4() : _peer.Address).ToString();
        _packets = new(new NetworkStream(socket));
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _packets.Stream.DisposeAsync();
        _deadline.Dispose();
    }

    internal async Task RunAsync()
    {
        _deadline.CancelAfter(s_loginTimeout);
        await _packets.WriteAsync([Packets.Handshake(_id)], _deadline.Token);
        byte[]? packet = await _packets.ReadAsync(_deadline.Token);
        if (LoginRequest.IsTlsRequest(packet))
        {
            if (!await StartTlsAsync())
                return;
            packet = await _packets.ReadAsync(_deadline.Token);
        }

        if (await LogInAsync(LoginRequest.Read(packet)))
        {
            while (await RunCommandAsync())
            {
            }
        }
    }

    private async Task<bool> StartTlsAsync()
    {
        // Verifies the client certificate. The limit of handshakes per address and their time limit are those of ServerTls.
        TlsAcceptResult tls = await _server.Tls.AcceptAsync(_packets.Stream, _peer, _deadline.Token);
        if (!tls.Succeeded)
        {
            _server.Log.Write("handshake", new { Connection = _id, Host = _host, Problem = tls.Rejection.ToString() });
            return false;
        }

        (_packets.Stream, _connection) = (tls.Stream, tls.Connection);
        return true;
    }

    // A rejection closes the connection.
    private async Task<bool> LogInAsync(LoginRequest? login)
    {
        if (login is null)
        {
            await _packets.WriteAsync([Packets.Error(1043, "08S01", "Bad handshake")], _deadline.Token);
            return false;
        }

        // An unknown user is rejected like a user without the required certificate, so that the client does not learn which users exist.
        Account account = _server.Accounts.Current.GetValueOrDefault(login.User) ?? Account.Unknown(login.User);

        // The certificate is verified again, because a login by COM_CHANGE_USER may be long after the handshake: the certificate may have
        // expired, or its CA may have been removed.
        Rejection? rejection = null;
        if (_connection is not null && _server.Tls.TryReverify(_connection, out TlsConnectionInfo? current, out rejection))
            _connection = current;
        AuthenticationRequest request = new(account, _connection) { ClientHost = _host, Credential = login.Credential };
        AuthenticationResult result = rejection is null
            ? await _server.Logins.AuthenticateAsync(request, _deadline.Token)
            : AuthenticationResult.Rejected(rejection, _connection);
        LogDecision(request, result);
        await _packets.WriteAsync(
            [result.Succeeded ? Packets.Ok() : Packets.Error(ClientError.For(request, result.Rejection))], _deadline.Token);
        _user = login.User;
        return result.Succeeded;
    }

    // Returns false at the end of the connection.
    private async Task<bool> RunCommandAsync()
    {
        _deadline.CancelAfter(s_idleTimeout);
        _packets.BeginCommand();
        byte[]? packet = await _packets.ReadAsync(_deadline.Token);
        _deadline.CancelAfter(s_loginTimeout);
        if (packet is null or [Packets.QuitCommand, ..])
            return false;
        if (packet is [Packets.ChangeUserCommand, ..])
            return await LogInAsync(LoginRequest.ReadChangeUser(packet));
        await _packets.WriteAsync(
            packet switch
            {
                [Packets.PingCommand] => [Packets.Ok()],
                [Packets.QueryCommand, .. var text] when Utf8.IsValid(text) =>
                    Statements.Answer(Encoding.UTF8.GetString(text), _user, _connection),
                _ => [Packets.Error(1047, "08S01", "Unknown command")],
            },
            _deadline.Token);
        return true;
    }

    // The client does not learn the reason of a rejection. The log has it, with every check of the requirement.
    private void LogDecision(AuthenticationRequest request, AuthenticationResult result)
    {
        IEnumerable<RequirementCheck> checks = result.Succeeded ? [] : request.Account.Requirement.Explain(result.Connection);
        _server.Log.Write("login", new
        {
            Connection = _id,
            User = request.Account.UserName,
            Host = _host,
            Result = result.ToString(),
            Checks = checks.Select(check => check.ToString()),
        });
    }
}
