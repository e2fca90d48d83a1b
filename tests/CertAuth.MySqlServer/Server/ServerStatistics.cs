namespace CertAuth.MySqlServer.Server;

/// <summary>The statistics of the server (COM_STATISTICS, the last lines of <c>\s</c>). Safe for concurrent use.</summary>
internal sealed class ServerStatistics(TimeProvider clock, ConnectionSlots slots)
{
    private readonly long _started = clock.GetTimestamp();
    private long _questions;

    /// <summary>Counts a statement that a client sent.</summary>
    internal void CountQuestion() => Interlocked.Increment(ref _questions);

    /// <summary>Returns the line that clients show. They read the seconds after the first space.</summary>
    public override string ToString()
    {
        long uptime = (long)clock.GetElapsedTime(_started).TotalSeconds;
        return $"Uptime: {uptime}  Threads: {slots.LoggedIn}  Questions: {Interlocked.Read(ref _questions)}";
    }
}
