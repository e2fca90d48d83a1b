using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Reads what a site logs from now on.</summary>
internal sealed class LogReader(Site site)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5), s_pause = TimeSpan.FromMilliseconds(5);
    private readonly int _before = site.Log.Count();

    /// <summary>The line that says how a login or a handshake ended. A handshake that fails may end for the client first.</summary>
    internal async Task<JsonElement> ReadDecisionAsync()
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < s_limit; await Task.Delay(s_pause, TestContext.Current.CancellationToken))
        {
            JsonElement[] decisions = [.. site.Log.Skip(_before).Select(line => JsonElement.Parse(line)).Where(IsDecision)];
            if (decisions.Length > 0)
                return decisions.Should().ContainSingle().Which;
        }

        throw new TimeoutException("The server logged no decision.");
    }

    private static bool IsDecision(JsonElement line) => line.GetProperty("event").GetString() is "login" or "handshake";
}
