using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>Logs the next expiration once, when it is near. Logs the latest past expiration once. Not safe for concurrent use.</summary>
internal sealed class ExpirationReporter(TimeSpan warningPeriod)
{
    private DateTimeOffset? _reportedUpcoming;
    private DateTimeOffset? _reportedPast;

    /// <summary>Forgets what was logged. The next call of <see cref="Report"/> is for a new material.</summary>
    internal void Reset() => (_reportedUpcoming, _reportedPast) = (null, null);

    internal void Report<T>(Material<T> material, DateTimeOffset now, ILogger logger, string name)
        where T : class
    {
        if (material.GetLastExpiration(now) is { } past && past != _reportedPast)
        {
            ReloadLog.Expired(logger, name, past);
            _reportedPast = past;
        }

        if (material.GetNextExpiration(now) is { } next && next > now && next - now <= warningPeriod && next != _reportedUpcoming)
        {
            ReloadLog.ExpiresSoon(logger, name, next);
            _reportedUpcoming = next;
        }
    }
}
