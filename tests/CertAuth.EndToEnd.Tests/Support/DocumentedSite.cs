using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Servers with certificates made by the documented commands and the accounts of <see cref="LoginMatrix"/>, created once for all
/// tests of the collection.</summary>
public sealed class DocumentedSite : IAsyncLifetime
{
    internal const string Collection = "documented certificates";

    // A statement from the documentation.
    private const string SanAccount =
        "CREATE USER 'u1'@'%' REQUIRE SAN 'DNS:d1,URI:spiffe://example.org/myservice1,URI:spiffe://example.org/myservice2';";

    private readonly Site _site = new(folder => Directory.CreateDirectory(folder.Path));
    private LoginServer? _server, _continuing, _strict;

    /// <summary>A server that fails the handshake for a certificate that does not verify.</summary>
    internal LoginServer Server => _server!;

    /// <summary>A server that continues without certificate if the certificate does not verify.</summary>
    internal LoginServer Continuing => _continuing!;

    /// <summary>A server with <c>require_secure_transport</c>.</summary>
    internal LoginServer Strict => _strict!;

    internal OpenSslShell Shell { get; private set; } = new("");

    /// <summary>Skips the test if a program is not installed.</summary>
    internal static void SkipIfMissing()
    {
        MariaDbClient.SkipIfMissing();
        OpenSslShell.SkipIfMissing();
    }

    public async ValueTask InitializeAsync()
    {
        if (!OpenSslShell.IsInstalled)
            return;
        Folder folder = _site.Folder;
        Shell = new(folder.Path);
        await MakeCertificatesAsync(new(Shell));
        await File.WriteAllBytesAsync(folder.KeySet, TestTokenKey.CreateJwkSet(TestTokenKey.Create("unused")));
        string issuer = await new DocumentedCertificates(Shell).ShowSubjectAsync("ca-cert.pem");
        string subject = await new DocumentedCertificates(Shell).ShowSubjectAsync("client-cert.pem");
        await File.WriteAllTextAsync(folder.Accounts, $"{SanAccount}\n{LoginMatrix.WriteAccounts(issuer, subject)}");
        _server = await _site.StartServerAsync();
        _continuing = await _site.StartServerAsync(o => o with { UnverifiedCertificate = UnverifiedCertificatePolicy.Continue });
        _strict = await _site.StartServerAsync(o => o with { RequireSecureTransport = true });
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>Logs in and returns the client's output and the line of the server's log.</summary>
    internal async Task<Attempt> LogInAsync(
        LoginServer server, string user, string? certificate, string tls, string statements, params string[] more)
    {
        MariaDbClient client = _site.Client(server.Address);
        LogReader log = new(_site);
        string printed = tls == "off"
            ? await client.RunWithoutTlsAsync(user, statements, more)
            : await client.RunAsync(user, certificate, statements, [$"--tls-version={tls}", "--skip-ssl-verify-server-cert", .. more]);
        return new(printed, await log.ReadDecisionAsync());
    }

    private async Task MakeCertificatesAsync(DocumentedCertificates make)
    {
        // Certificates of other CAs come first, because the server trusts the last CA.
        await make.MakeCaAsync("Another admin");
        await make.MakeClientAsync();
        await KeepAsync("stranger");
        await make.MakeCaAsync();
        await make.MakeClientAsync();
        await Shell.RunAsync("cat client-cert.pem ca-cert.pem > twin-with-ca-cert.pem; cp client-key.pem twin-with-ca-key.pem");
        await KeepAsync("twin");

        await make.MakeCaAsync();
        await make.MakeServerAsync();
        File.Copy(_site.Folder.In("ca-cert.pem"), _site.Folder.Ca);
        await make.MakeClientAsync("tpch-user2");
        await KeepAsync("other");
        await make.MakeClientAsync(days: -1);
        await KeepAsync("expired");
        await make.MakeClientWithSansAsync("DNS.1 = d1", "URI.1 = spiffe://example.org/myservice1");
        await KeepClientWithSansAsync("service1");
        await make.MakeClientWithSansAsync("DNS.1 = d1", "URI.1 = spiffe://example.org/myservice2");
        await KeepClientWithSansAsync("service2");
        await make.MakeClientWithSansAsync("URI.1 = spiffe://example.org/myservice1", "URI.2 = spiffe://example.org/myservice2");
        await KeepClientWithSansAsync("only-uris");
        await make.MakeClientWithSansAsync("DNS.1 = d1", "DNS.2 = d2");
        await KeepClientWithSansAsync("only-names");
        await make.MakeClientAsync();
    }

    private Task KeepAsync(string name) => Shell.RunAsync($"mv client-cert.pem {name}-cert.pem; mv client-key.pem {name}-key.pem");

    private Task KeepClientWithSansAsync(string name) => Shell.RunAsync($"mv client.crt {name}-cert.pem; mv client.key {name}-key.pem");
}
