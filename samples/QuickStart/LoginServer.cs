using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace QuickStart;

/// <summary>A server that reads a user name after the TLS handshake and decides the login, and the clients that connect to it.</summary>
internal sealed class LoginServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _certificate;
    private readonly ServerTls _tls;
    private readonly LoginAuthenticator _authenticator = new();
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

            // Continue without a verified certificate, so that the login can report the reason. By default the handshake fails.
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

    internal async Task<(bool Accepted, string Line)> LogInAsync(string user, Client client)
    {
        Task<string> server = ServeAsync();
        bool accepted = await ConnectAsync(user, client);
        return (accepted, await server);
    }

    private async Task<string> ServeAsync()
    {
        using TcpClient connection = await _listener.AcceptTcpClientAsync();
        TlsAcceptResult accepted = await _tls.AcceptAsync(connection.GetStream(), connection.Client.RemoteEndPoint);
        if (!accepted.Succeeded)
            return $"TLS handshake failed: {accepted.Rejection}";

        await using SslStream stream = accepted.Stream;
        using StreamReader reader = new(stream, leaveOpen: true);
        string user = await reader.ReadLineAsync() ?? "";
        (bool isAccepted, string line) = await DecideAsync(_accounts[user], accepted.Connection);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(isAccepted ? "welcome\n" : "access denied\n"));
        return line;
    }

    private async Task<(bool Accepted, string Line)> DecideAsync(Account account, TlsConnectionInfo facts)
    {
        if (account.Method == AuthenticationMethod.Certificate)
        {
            AuthenticationResult result = await _authenticator.AuthenticateAsync(new(account, facts));
            return (result.Succeeded, result.ToString());
        }

        // The application also checks a password for such an account. CertAuth only decides whether the connection meets the requirement.
        RequirementCheck? failed = account.Requirement.Explain(facts).FirstOrDefault(check => !check.IsMet);
        return failed is null ? (true, "the connection meets the requirement") : (false, $"rejected: {failed}");
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
