using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>Tells of each end of what is in use once when it is near, and once when it is past. Used by one look at a time.</summary>
internal sealed class ExpirationReporter(TimeSpan warningPeriod)
{
    private DateTimeOffset? _reportedUpcoming;
    private DateTimeOffset? _reportedPast;

    /// <summary>Something new is in use: nothing was told of it.</summary>
    internal void Reset() => (_reportedUpcoming, _reportedPast) = (null, null);

    internal void Report<T>(Material<T> material, DateTimeOffset now, ILogger logger, string name)
        where T : class
    {
        if (material.GetLastExpiration(now) is { } past && past != _reportedPast)
        {
            ReloadLog.Expired(logger, name, past);
            _reportedPast = past;
        }

        if (material.GetNextExpiration(now) is { } near && near > now && near - now <= warningPeriod && near != _reportedUpcoming)
        {
            ReloadLog.ExpiresSoon(logger, name, near);
            _reportedUpcoming = near;
        }
    }
}
