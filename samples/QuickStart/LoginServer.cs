using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace QuickStart;

/// <summary>A server with one question after the handshake: who are you? And the clients that answer it.</summary>
internal sealed class LoginServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _certificate;
    private readonly ServerTls _tls;
    private readonly CertificateAuthenticator _authenticator = new();
    private readonly Dictionary<string, Account> _accounts;

    internal LoginServer(TestCertificateAuthority ca, IEnumerable<Account> accounts)
    {
        _accounts = accounts.ToDictionary(a => a.UserName);
        _root = ca.ToX509Certificate2();
        _certificate = ca.IssueServer("localhost").ToX509Certificate2();
        _tls = new(new()
        {
            ServerCertificate = Source.Fixed(ServerCertificate.Create(_certificate)),
            ClientTrust = Source.Fixed(TrustBundle.Parse(Encoding.ASCII.GetBytes(ca.Pem))),

            // Go on without a verified certificate, so that the log can say why; by default the handshake fails.
            UnverifiedCertificate = UnverifiedCertificatePolicy.Continue,
        });
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _root.Dispose();
    }

    internal async Task<(bool Allowed, string Line)> TryLogInAsync(string user, Client client)
    {
        Task<string> server = ServeAsync();
        bool allowed = await ConnectAsync(user, client);
        return (allowed, await server);
    }

    private async Task<string> ServeAsync()
    {
        using TcpClient connection = await _listener.AcceptTcpClientAsync();
        TlsAcceptResult accepted = await _tls.AcceptAsync(connection.GetStream(), connection.Client.RemoteEndPoint);
        if (!accepted.Succeeded)
            return $"no TLS: {accepted.Rejection}";

        await using SslStream stream = accepted.Stream;
        using StreamReader reader = new(stream, leaveOpen: true);
        string user = await reader.ReadLineAsync() ?? "";
        (bool allowed, string line) = await DecideAsync(_accounts[user], accepted.Connection);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(allowed ? "welcome\n" : "access denied\n"));
        return line;
    }

    private async Task<(bool Allowed, string Line)> DecideAsync(Account account, TlsConnectionInfo facts)
    {
        if (account.Method == AuthenticationMethod.Certificate)
        {
            AuthenticationResult result = await _authenticator.AuthenticateAsync(new(account, facts));
            return (result.Succeeded, result.ToString());
        }

        // The account has a password too, say, which the host checks; whether the connection is good enough is decided here.
        RequirementCheck? failed = account.Requirement.Explain(facts).FirstOrDefault(check => !check.IsMet);
        return failed is null ? (true, "allowed, as far as the connection goes") : (false, $"denied: {failed}");
    }

    private async Task<bool> ConnectAsync(string user, Client client)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync((IPEndPoint)_listener.LocalEndpoint);
        using X509Certificate2? certificate = client.Certificate?.ToX509Certificate2();
        await using SslStream stream = new(connection.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        });
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{user}\n"));
        using StreamReader reader = new(stream);
        return await reader.ReadLineAsync() == "welcome";
    }
}
