using System.Net;
using Microsoft.AspNetCore.Http;

namespace CertAuth.AspNetCore.Tests;

/// <summary>Request handlers of a JWK set server, correct and hostile.</summary>
internal static class Responses
{
    internal static RequestDelegate SendContent(byte[] content, string? tag = null) => async context =>
    {
        if (tag is not null)
            context.Response.Headers.ETag = tag;
        if (tag is not null && context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    };

    internal static RequestDelegate SendChunked(byte[] content) => async context =>
    {
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    };

    internal static RequestDelegate SendStatus(HttpStatusCode status) => context =>
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    /// <summary>Redirects requests for which <paramref name="location"/> returns a target; <paramref name="otherwise"/> handles the
    /// others.</summary>
    internal static RequestDelegate Redirect(Func<string, string?> location, RequestDelegate otherwise, HttpStatusCode status) => context =>
    {
        if (location(context.Request.Path) is not { } target)
            return otherwise(context);
        context.Response.StatusCode = (int)status;
        context.Response.Headers.Location = target;
        return Task.CompletedTask;
    };

    /// <summary>Sends nothing until the client disconnects.</summary>
    internal static async Task SendNothingAsync(HttpContext context) => await WaitUntilAbortedAsync(context);

    /// <summary>Sends one byte at a time, each within the timeout, without end.</summary>
    internal static async Task SendSlowlyAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(" "u8.ToArray(), CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            await Task.WhenAny(Task.Delay(20), WaitUntilAbortedAsync(context));
        }
    }

    /// <summary>Sends whitespace without end; a JSON text may start with whitespace.</summary>
    internal static async Task SendEndlesslyAsync(HttpContext context)
    {
        byte[] spaces = new byte[65_536];
        spaces.AsSpan().Fill((byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(spaces, CancellationToken.None);
    }

    /// <summary>Sends less than the announced length, then closes the connection.</summary>
    internal static RequestDelegate SendTruncated(byte[] content) => async context =>
    {
        context.Response.ContentLength = content.Length + 1;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);

        // Without the delay, the client could see the reset of the connection before the data.
        await Task.Delay(100);
        context.Abort();
    };

    private static Task WaitUntilAbortedAsync(HttpContext context)
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(() => end.TrySetResult());
        return end.Task;
    }
}
