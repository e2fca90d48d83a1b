namespace MySqlLogin.Server;

/// <summary>What the server reports of itself (COM_STATISTICS, the last lines of <c>\s</c>). Safe for concurrent use.</summary>
internal sealed class ServerStatistics(TimeProvider clock, ConnectionSlots places)
{
    private readonly long _started = clock.GetTimestamp();
    private long _questions;

    /// <summary>Counts a statement that a client sent.</summary>
    internal void CountQuestion() => Interlocked.Increment(ref _questions);

    /// <summary>The line that clients show; they read the seconds behind the first blank.</summary>
    public override string ToString()
    {
        long uptime = (long)clock.GetElapsedTime(_started).TotalSeconds;
        return $"Uptime: {uptime}  Threads: {places.LoggedIn}  Questions: {Interlocked.Read(ref _questions)}";
    }
}
