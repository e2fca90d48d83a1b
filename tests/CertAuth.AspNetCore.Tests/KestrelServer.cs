using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using CertAuth.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A Kestrel server on loopback that uses CertAuth for TLS and records the requests that it serves.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private const string StreamItem = nameof(SslStream), PermitItem = nameof(HandshakePermit);

    private readonly ServerTls _tls;
    private WebApplication? _application;
    private int _closedConnections;

    private KestrelServer(ServerTls tls) => _tls = tls;

    /// <summary>The requests that were served.</summary>
    internal ConcurrentQueue<ServedRequest> Served { get; } = [];

    /// <summary>The rejection of the certificate of each connection that has ended, null for none, as the connection middleware outside of
    /// TLS observes it.</summary>
    internal BlockingCollection<Rejection?> Rejected { get; } = [];

    /// <summary>The exceptions that <c>UseHttps</c> threw.</summary>
    internal ConcurrentQueue<Exception> Failures { get; } = [];

    /// <summary>The log of Kestrel.</summary>
    internal RecordingLogger Log { get; } = new();

    /// <summary>The number of connections that were closed because their address had too many handshakes in progress.</summary>
    internal int ClosedConnections => Volatile.Read(ref _closedConnections);

    internal Uri Address => new(_application!.Urls.Single());

    /// <summary>Starts a server.</summary>
    /// <param name="tls">The TLS side of the server.</param>
    /// <param name="verifiesAgain">Whether each request verifies the certificate of its connection again, as docs/kestrel.md shows.</param>
    internal static async Task<KestrelServer> StartAsync(ServerTls tls, bool verifiesAgain = false)
    {
        KestrelServer server = new(tls);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddProvider(new Recorder(server.Log));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, server.Configure));
        WebApplication application = builder.Build();
        server._application = application;
        application.Run(context => server.ServeAsync(context, verifiesAgain));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        Rejected.Dispose();
    }

    // The code of docs/kestrel.md.
    private void Configure(ListenOptions listen)
    {
        // Outside of TLS: next performs the handshake and serves the whole connection.
        listen.Use(next => async connection =>
        {
            using HandshakePermit? permit = await _tls.Handshakes.AcquireAsync(connection.RemoteEndPoint);
            if (permit is null)
            {
                Interlocked.Increment(ref _closedConnections);
                connection.Abort();
                return;
            }

            connection.Transport = permit.Wrap(connection.Transport);
            connection.Items[PermitItem] = permit;
            try
            {
                await next(connection);
            }
            catch (CryptographicException exception)
            {
                // A certificate that the platform cannot read; Kestrel would log it as an error of the application.
                Failures.Enqueue(exception);
            }

            if (connection.Items.TryGetValue(StreamItem, out object? stream))
                Rejected.Add(_tls.GetRejection((SslStream)stream!));
        });
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(60),
            OnConnection = context =>
            {
                context.Connection.Items[StreamItem] = context.SslStream;
                return ValueTask.FromResult(_tls.CreateServerOptions());
            },
        });

        // Inside of TLS: the handshake is over.
        listen.Use(next => connection =>
        {
            ((HandshakePermit)connection.Items[PermitItem]!).Dispose();
            return next(connection);
        });
    }

    private Task ServeAsync(HttpContext context, bool verifiesAgain)
    {
        SslStream stream = context.Features.Get<ISslStreamFeature>()!.SslStream;
        TlsConnectionInfo? facts = _tls.GetConnectionInfo(stream);
        if (verifiesAgain && !_tls.TryReverify(facts, out facts, out Rejection? rejection))
        {
            Rejected.Add(rejection);
            context.Abort();
            return Task.CompletedTask;
        }

        bool hasSent = context.Connection.ClientCertificate is not null;
        Served.Enqueue(new(facts, context.Request.Protocol, hasSent));
        return context.Response.WriteAsync(context.Connection.Id);
    }

    private sealed class Recorder(RecordingLogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
