using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Reads the lines that a site logs after the reader was created.</summary>
internal sealed class LogReader(Site site)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5), s_pause = TimeSpan.FromMilliseconds(5);
    private readonly int _before = site.Log.Count();

    /// <summary>Waits for the line with the decision of a login or handshake. The client can see a failed handshake before the server logs
    /// it.</summary>
    internal async Task<JsonElement> ReadDecisionAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (; watch.Elapsed < s_limit; await Task.Delay(s_pause, TestContext.Current.CancellationToken))
        {
            JsonElement[] decisions = [.. site.Log.Skip(_before).Select(line => JsonElement.Parse(line)).Where(IsDecision)];
            if (decisions.Length > 0)
                return decisions.Should().ContainSingle().Which;
        }

        throw new TimeoutException("The server logged no decision.");
    }

    private static bool IsDecision(JsonElement line) => line.GetProperty("event").GetString() is "login" or "handshake";
}
