using System.Net;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>A server that clients reach directly and through a proxy, and another such pair that continues with certificates that do not
/// verify.</summary>
public sealed class DirectAndForwardedSite : IAsyncLifetime
{
    private const string Accounts = $$"""
        CREATE USER none REQUIRE NONE;
        CREATE USER tls REQUIRE SSL;
        CREATE USER x509 REQUIRE X509;
        CREATE USER sub REQUIRE SUBJECT '/C=NL/O=Example/CN=c1';
        CREATE USER iss REQUIRE ISSUER '{{SiteAuthority.Name}}';
        CREATE USER other_iss REQUIRE ISSUER '/C=NL/O=Example/CN=Other CA';
        CREATE USER san REQUIRE SAN 'DNS:d1,URI:spiffe://example.org/myservice1,URI:spiffe://example.org/myservice2';
        CREATE USER ip REQUIRE SAN 'IP:10.0.0.1';
        CREATE USER cip REQUIRE CIPHER 'TLS_AES_256_GCM_SHA384';
        CREATE USER all4 REQUIRE SUBJECT '/C=NL/O=Example/CN=c2' AND ISSUER '{{SiteAuthority.Name}}' AND SAN 'DNS:d1'
            AND CIPHER 'TLS_AES_256_GCM_SHA384';
        CREATE USER tok IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'issuer-abc' ATTRIBUTE '{"email": "tok@example.com"}';
        """;

    private Site? _site;

    internal static DateTimeOffset ServerEnd { get; } = TimeProvider.System.GetUtcNow().AddYears(2);

    internal static DateTimeOffset ProxyEnd { get; } = TimeProvider.System.GetUtcNow().AddYears(4);

    internal Site Site => _site!;

    internal ServerAndProxy Strict { get; private set; } = null!;

    internal ServerAndProxy Lenient { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _site = new();
        Folder folder = _site.Folder;
        SiteAuthority authority = SiteAuthority.Install(folder);
        authority.WriteServer(ServerEnd);
        authority.WriteProxy(ProxyEnd);
        authority.WriteClient("c1", "c1");
        authority.WriteClient("c2", "c2", TestSan.Dns("d1"), TestSan.Uri("spiffe://example.org/myservice1"));
        authority.WriteClient("c3", "c3", TestSan.Dns("d1"), TestSan.Uri("spiffe://example.org/myservice3"));
        authority.WriteClient("c4", "c1", TestSan.Ip(IPAddress.Parse("10.0.0.1")));
        SiteAuthority.Replace(folder.Accounts, Accounts);
        Strict = await StartAsync(UnverifiedCertificatePolicy.FailHandshake);
        Lenient = await StartAsync(UnverifiedCertificatePolicy.Continue);
    }

    public ValueTask DisposeAsync() => _site?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ServerAndProxy> StartAsync(UnverifiedCertificatePolicy unverified)
    {
        LoginServer server = await Site.StartServerAsync(o => o with
        {
            Proxies = Initializer.ProxyRequirement,
            UnverifiedCertificate = unverified,
        });
        return new(server, await Site.StartProxyAsync(server.Address, o => o with { UnverifiedCertificate = unverified }));
    }

    /// <summary>A server and the proxy in front of it.</summary>
    internal sealed record ServerAndProxy(LoginServer Server, LoginProxy Proxy);
}
