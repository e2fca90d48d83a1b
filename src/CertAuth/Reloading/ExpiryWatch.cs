using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>Tells of each end of what is in use once when it is near, and once when it is past. Used by one look at a time.</summary>
internal sealed class ExpiryWatch(TimeSpan warning)
{
    private DateTimeOffset? _near;
    private DateTimeOffset? _past;

    /// <summary>Something new is in use: nothing was told of it.</summary>
    internal void Reset() => (_near, _past) = (null, null);

    internal void Tell<T>(Material<T> material, DateTimeOffset now, ILogger logger, string name)
        where T : class
    {
        if (material.LastEnd(now) is { } past && past != _past)
        {
            ReloadLog.Expired(logger, name, past);
            _past = past;
        }

        if (material.NextEnd(now) is { } near && near > now && near - now <= warning && near != _near)
        {
            ReloadLog.ExpiresSoon(logger, name, near);
            _near = near;
        }
    }
}
