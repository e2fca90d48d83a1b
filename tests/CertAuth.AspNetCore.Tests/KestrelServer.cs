using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using CertAuth.Tls;
using CertAuth.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A Kestrel on loopback that speaks TLS as CertAuth says, and keeps what its request handler saw.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private const string StreamItem = nameof(SslStream);

    private readonly WebApplication _application;

    private KestrelServer(WebApplication application) => _application = application;

    /// <summary>The requests that were served.</summary>
    internal ConcurrentQueue<ServedRequest> Served { get; } = [];

    /// <summary>Why handshakes were refused, as a connection middleware around TLS sees it.</summary>
    internal BlockingCollection<Refusal?> Refused { get; } = [];

    internal Uri Address => new(_application.Urls.Single());

    /// <param name="tls">The server side.</param>
    /// <param name="verifiesAgain">Whether each request verifies the certificate of its connection again, as docs/kestrel.md shows.</param>
    internal static async Task<KestrelServer> StartAsync(ClientCertificateTls tls, bool verifiesAgain = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        KestrelServer? server = null;
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            // Outside of TLS: the handshake and the whole connection run inside next. Only a handshake that fails leaves no request behind.
            listen.Use(next => async connection =>
            {
                await next(connection);
                if (connection.Items.TryGetValue(StreamItem, out object? stream))
                    server!.Refused.Add(tls.GetRefusal((SslStream)stream!));
            });
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = context =>
                {
                    context.Connection.Items[StreamItem] = context.SslStream;
                    return ValueTask.FromResult(tls.CreateServerOptions());
                },
            });
        }));
        WebApplication application = builder.Build();
        server = new(application);
        application.Run(async context =>
        {
            SslStream stream = context.Features.Get<ISslStreamFeature>()!.SslStream;
            TlsConnectionInfo? facts = tls.GetConnectionInfo(stream);
            if (verifiesAgain && !tls.TryReverify(facts, out facts, out Refusal? rejection))
            {
                server.Refused.Add(rejection);
                context.Abort();
                return;
            }

            bool hasSent = context.Connection.ClientCertificate is not null;
            server.Served.Enqueue(new(facts, context.Request.Protocol, hasSent));
            await context.Response.WriteAsync(context.Connection.Id);
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Refused.Dispose();
    }
}

/// <summary>What a request handler saw.</summary>
/// <param name="Info">The facts, from CertAuth.</param>
/// <param name="Protocol">The version of HTTP.</param>
/// <param name="HasKestrelCertificate">Whether Kestrel's own property shows a client certificate, verified or not.</param>
internal sealed record ServedRequest(TlsConnectionInfo Info, string Protocol, bool HasKestrelCertificate);
