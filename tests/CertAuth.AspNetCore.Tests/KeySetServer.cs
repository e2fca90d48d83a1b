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

/// <summary>A Kestrel on loopback that serves a JWK Set, well or badly, and counts who asked.</summary>
internal sealed class KeySetServer : IAsyncDisposable
{
    private WebApplication? _application;
    private volatile RequestDelegate _answer;
    private int _requests;

    private KeySetServer(RequestDelegate answer) => _answer = answer;

    internal Uri Address { get; private set; } = new("https://127.0.0.1:0/keys");

    internal int Requests => Volatile.Read(ref _requests);

    /// <summary>The If-None-Match of each request; empty for none.</summary>
    internal ConcurrentQueue<string> Tags { get; } = [];

    internal ConcurrentQueue<string> Paths { get; } = [];

    internal RequestDelegate Answer
    {
        set => _answer = value;
    }

    internal static async Task<KeySetServer> StartAsync(RequestDelegate answer)
    {
        KeySetServer server = new(answer);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts, again where it was.</summary>
    internal async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, Address.Port, listen => listen.UseHttps(Clients.Localhost)));
        _application = builder.Build();
        _application.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            Tags.Enqueue(context.Request.Headers.IfNoneMatch.ToString());
            Paths.Enqueue(context.Request.Path);
            return _answer(context);
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

    internal Task<Reloadable<TokenKeySet>> OpenAsync(ReloadOptions? options = null) => OpenAsync(Clients.Fetching, options);

    internal Task<Reloadable<TokenKeySet>> OpenAsync(HttpClient? client, ReloadOptions? options = null) =>
        TokenKeySet.OpenAsync(
            new KeySetEndpoint { Address = Address, Client = client }, options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await StopAsync();
}
