using System.Collections.Concurrent;
using System.Net;
using CertAuth.Reloading;
using CertAuth.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CertAuth.AspNetCore.Tests;

/// <summary>A Kestrel server on loopback that serves a JWK set, correctly or not, and counts requests.</summary>
internal sealed class KeySetServer : IAsyncDisposable
{
    private WebApplication? _application;
    private volatile RequestDelegate _handler;
    private int _requests;

    private KeySetServer(RequestDelegate handler) => _handler = handler;

    internal Uri Address { get; private set; } = new("https://127.0.0.1:0/keys");

    internal int Requests => Volatile.Read(ref _requests);

    /// <summary>The If-None-Match header of each request; empty if there is none.</summary>
    internal ConcurrentQueue<string> Tags { get; } = [];

    internal ConcurrentQueue<string> Paths { get; } = [];

    internal RequestDelegate Handler
    {
        set => _handler = value;
    }

    internal static async Task<KeySetServer> StartAsync(RequestDelegate handler)
    {
        KeySetServer server = new(handler);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the server; after a stop, on the same port.</summary>
    internal async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, Address.Port, listen => listen.UseHttps(Clients.Localhost)));
        _application = builder.Build();
        _application.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            Tags.Enqueue(context.Request.Headers.IfNoneMatch.ToString());
            Paths.Enqueue(context.Request.Path);
            return _handler(context);
        });
        await _application.StartAsync(TestContext.Current.CancellationToken);
        Address = new UriBuilder(Address) { Port = new Uri(_application.Urls.Single()).Port }.Uri;
    }

    internal async Task StopAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        _application = null;
    }

    internal Task<Reloadable<TokenKeySet>> OpenAsync(ReloadOptions? options = null) => OpenAsync(Clients.KeySetClient, options);

    internal Task<Reloadable<TokenKeySet>> OpenAsync(HttpClient? client, ReloadOptions? options = null) =>
        TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = Address, Client = client }, options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await StopAsync();
}
