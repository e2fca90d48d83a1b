using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>What is logged, with event ids that stay. Every text is bounded and escaped by the caller.</summary>
internal static partial class ReloadLog
{
    [LoggerMessage(1001, LogLevel.Information, "{Material}: in use is {Description}")]
    internal static partial void Loaded(ILogger logger, string material, string description);

    [LoggerMessage(1002, LogLevel.Error, "{Material}: the look for something newer failed: {Problem}")]
    internal static partial void FailedToReload(ILogger logger, string material, string problem);

    [LoggerMessage(1003, LogLevel.Information, "{Material}: the problem is gone, and what is in use is up to date")]
    internal static partial void Recovered(ILogger logger, string material);

    [LoggerMessage(1004, LogLevel.Warning, "{Material}: {Warning}")]
    internal static partial void LoadedWithWarning(ILogger logger, string material, string warning);

    [LoggerMessage(1005, LogLevel.Warning, "{Material}: it, or a part of it, expires at {Expires:u}")]
    internal static partial void ExpiresSoon(ILogger logger, string material, DateTimeOffset expires);

    [LoggerMessage(1006, LogLevel.Error, "{Material}: it, or a part of it, expired at {Expires:u}")]
    internal static partial void Expired(ILogger logger, string material, DateTimeOffset expires);

    [LoggerMessage(1007, LogLevel.Error, "{Material}: no look succeeded for {Age}, and it is used no more")]
    internal static partial void DroppedAsStale(ILogger logger, string material, TimeSpan age);
}
