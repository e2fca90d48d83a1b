using System.Net;
using CertAuth.EndToEnd.Tests.Support;
using MySqlLogin.Proxy;
using MySqlLogin.Server;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>What clients connect to: a server, or a proxy with a server behind it.</summary>
internal sealed record Front(LoginServer Server, LoginProxy? Proxy)
{
    internal IPEndPoint Address => Proxy?.Address ?? Server.Address;

    /// <summary>The places of what clients connect to.</summary>
    internal ConnectionSlots Slots => Proxy?.Slots ?? Server.Slots;

    internal int MaxPending => Proxy?.Options.MaxPending ?? Server.Options.MaxPending;

    /// <param name="site">Where it runs.</param>
    /// <param name="proxied">Whether there is a proxy.</param>
    /// <param name="loginTimeout">Of both, if not the usual one.</param>
    internal static async Task<Front> StartAsync(Site site, bool proxied, TimeSpan? loginTimeout = null)
    {
        if (!proxied)
            return new(await site.StartServerAsync(o => o with { LoginTimeout = loginTimeout ?? o.LoginTimeout }), null);
        LoginServer server = await site.StartServerBehindProxyAsync();
        return new(server, await site.StartProxyAsync(server.Address, o => o with { LoginTimeout = loginTimeout ?? o.LoginTimeout }));
    }
}
