using System.Net;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>A server, with or without a proxy in front of it. Clients connect to the proxy if there is one.</summary>
internal sealed record Deployment(LoginServer Server, LoginProxy? Proxy)
{
    internal IPEndPoint Address => Proxy?.Address ?? Server.Address;

    /// <summary>The slots of the program that clients connect to.</summary>
    internal ConnectionSlots Slots => Proxy?.Slots ?? Server.Slots;

    internal int MaxPending => Proxy?.Options.MaxPending ?? Server.Options.MaxPending;

    /// <param name="site">The site to run on.</param>
    /// <param name="proxied">true to start a proxy in front of the server.</param>
    /// <param name="loginTimeout">The login timeout of both programs; null for the site's default.</param>
    internal static async Task<Deployment> StartAsync(Site site, bool proxied, TimeSpan? loginTimeout = null)
    {
        if (!proxied)
            return new(await site.StartServerAsync(o => o with { LoginTimeout = loginTimeout ?? o.LoginTimeout }), null);
        LoginServer server = await site.StartServerBehindProxyAsync();
        return new(server, await site.StartProxyAsync(server.Address, o => o with { LoginTimeout = loginTimeout ?? o.LoginTimeout }));
    }
}
