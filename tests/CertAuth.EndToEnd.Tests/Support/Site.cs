using System.Net;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;
using CertAuth.Transport;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A folder of keys and accounts, and the servers and proxies that run with it in this process. All are removed on
/// disposal.</summary>
internal sealed class Site : IAsyncDisposable
{
    // Long enough for a busy machine.
    private static readonly TimeSpan s_loginTimeout = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certauth-endtoend-");
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _log = new();
    private readonly List<IDisposable> _opened = [];
    private readonly List<Task> _running = [];

    internal Site()
        : this(folder => new Initializer(folder).Run())
    {
    }

    /// <summary>Creates a site with a folder that the given delegate fills.</summary>
    internal Site(Action<Folder> fill)
    {
        Folder = new(Path.Combine(_directory.FullName, "site"));
        fill(Folder);
    }

    internal Folder Folder { get; }

    /// <summary>The lines of the log.</summary>
    internal IEnumerable<string> Log
    {
        get
        {
            lock (_log)
                return _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    internal async Task<LoginServer> StartServerAsync(Func<ServerOptions, ServerOptions>? with = null)
    {
        ServerOptions options = new() { Folder = Folder, PollInterval = TimeSpan.FromHours(1), LoginTimeout = s_loginTimeout };
        LoginServer server = await LoginServer.OpenAsync(with?.Invoke(options) ?? options, CreateLog());
        _opened.Add(server);
        _running.Add(server.RunAsync(_stop.Token));
        return server;
    }

    internal Task<LoginServer> StartServerBehindProxyAsync() =>
        StartServerAsync(options => options with { Proxies = Initializer.ProxyRequirement });

    internal Task<LoginProxy> StartProxyAsync(LoginServer server) => StartProxyAsync(server.Address);

    internal async Task<LoginProxy> StartProxyAsync(IPEndPoint server, Func<ProxyOptions, ProxyOptions>? with = null)
    {
        ProxyOptions options = new()
        {
            Folder = Folder,
            Server = server,
            ServerName = ServerName.Parse("localhost"),
            PollInterval = TimeSpan.FromHours(1),
            LoginTimeout = s_loginTimeout,
        };
        LoginProxy proxy = await LoginProxy.OpenAsync(with?.Invoke(options) ?? options, CreateLog());
        _opened.Add(proxy);
        _running.Add(proxy.RunAsync(_stop.Token));
        return proxy;
    }

    internal string MintToken(string user) => Initializer.MintToken(Folder, user);

    internal MariaDbClient Client(IPEndPoint address) => new(Folder, address);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _opened.ForEach(opened => opened.Dispose());
        _stop.Dispose();
        _directory.Delete(recursive: true);
    }

    private JsonLog CreateLog() => new(TextWriter.Synchronized(new LockedWriter(_log)));

    // A writer that can be read during writes.
    private sealed class LockedWriter(StringWriter inner) : TextWriter
    {
        public override System.Text.Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            lock (inner)
                inner.Write(value);
        }

        public override void Write(string? value)
        {
            lock (inner)
                inner.Write(value);
        }

        public override void WriteLine(string? value)
        {
            lock (inner)
                inner.WriteLine(value);
        }
    }
}
