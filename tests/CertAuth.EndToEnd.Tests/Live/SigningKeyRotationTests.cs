using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>The rotation of a signing key as described in docs/rotation.md, starting with either side, while real clients log in through
/// the proxy.</summary>
public sealed class SigningKeyRotationTests
{
    [Fact]
    public async Task Rotation_Succeeds_WhenTheServerIsFirst()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority authority = SiteAuthority.Install(site.Folder);
        SigningDeployment deployment = await SigningDeployment.StartAsync(site, authority);
        await using LoginLoop loop = deployment.LogIn();
        await loop.StepAsync("before", () => Task.CompletedTask, logins: 20);
        await loop.StepAsync("new certificate on the server", deployment.RenewServerAsync, logins: 20);
        await loop.StepAsync("new pair on the proxy", deployment.RenewProxyAsync, logins: 20);
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(60);
    }

    // The server has not yet reloaded the file with the new certificate. The first login that is signed with the new key makes it reload.
    [Fact]
    public async Task Rotation_Succeeds_WhenTheProxyIsFirst()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority authority = SiteAuthority.Install(site.Folder);
        SigningDeployment deployment = await SigningDeployment.StartAsync(site, authority);
        await using LoginLoop loop = deployment.LogIn();
        await loop.StepAsync("before", () => Task.CompletedTask, logins: 20);
        object before = deployment.Server.Files.ProxySigners!.Current;
        await loop.StepAsync("new certificate in the server's file", () => Task.Run(deployment.WriteServer), logins: 20);
        deployment.Server.Files.ProxySigners.Current.Should().BeSameAs(before);
        await loop.StepAsync("new pair on the proxy", deployment.RenewProxyAsync, logins: 20);
        deployment.Server.Files.ProxySigners.Current.Should().NotBeSameAs(before);
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(60);
    }

    /// <summary>A server and a proxy with separate files, and the next signing pair.</summary>
    private sealed class SigningDeployment
    {
        private readonly Site _site;
        private readonly LoginProxy _proxy;
        private readonly Folder _proxyFolder, _next;

        private SigningDeployment(Site site, LoginServer server, LoginProxy proxy, Folder proxyFolder, Folder next) =>
            (_site, Server, _proxy, _proxyFolder, _next) = (site, server, proxy, proxyFolder, next);

        internal LoginServer Server { get; }

        internal static async Task<SigningDeployment> StartAsync(Site site, SiteAuthority authority)
        {
            authority.WriteClient("c1", "c1");
            SiteAuthority.Replace(site.Folder.Accounts, "CREATE USER c1 REQUIRE SUBJECT '/C=NL/O=Example/CN=c1';");
            Folder proxyFolder = new(Directory.CreateDirectory(site.Folder.In("proxy")).FullName);
            foreach (string file in Directory.EnumerateFiles(site.Folder.Path))
                File.Copy(file, proxyFolder.In(Path.GetFileName(file)));
            Folder next = new(Directory.CreateDirectory(site.Folder.In("next")).FullName);
            authority.WriteSigner(next);

            LoginServer server = await site.StartServerBehindProxyAsync();
            LoginProxy proxy = await site.StartProxyAsync(server.Address, o => o with { Folder = proxyFolder });
            return new(site, server, proxy, proxyFolder, next);
        }

        internal LoginLoop LogIn() =>
            new(() => _site.Client(_proxy.Address).RunAsync("c1", "c1", "select current_user()"), "c1@%");

        internal void WriteServer() =>
            SiteAuthority.Replace(_site.Folder.SigningCertificate, File.ReadAllText(_next.SigningCertificate));

        internal async Task RenewServerAsync()
        {
            object before = Server.Files.ProxySigners!.Current;
            WriteServer();
            await Server.Files.ReloadAsync();
            Server.Files.ProxySigners.Current.Should().NotBeSameAs(before);
        }

        internal async Task RenewProxyAsync()
        {
            object before = _proxy.Files.Signer.Current;
            SiteAuthority.Replace(_proxyFolder.SigningCertificate, File.ReadAllText(_next.SigningCertificate));
            SiteAuthority.Replace(_proxyFolder.SigningKey, File.ReadAllText(_next.SigningKey));
            await _proxy.Files.ReloadAsync();
            _proxy.Files.Signer.Current.Should().NotBeSameAs(before);
        }
    }
}
