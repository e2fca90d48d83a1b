using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>The log messages of reloading. Their event ids never change. Callers escape every text and limit its length.</summary>
internal static partial class ReloadLog
{
    [LoggerMessage(1001, LogLevel.Information, "Loaded {Material}: {Description}")]
    internal static partial void Loaded(ILogger logger, string material, string description);

    [LoggerMessage(1002, LogLevel.Error, "Failed to reload {Material}: {Problem}")]
    internal static partial void FailedToReload(ILogger logger, string material, string problem);

    [LoggerMessage(1003, LogLevel.Information, "Recovered {Material}: the last reload succeeded")]
    internal static partial void Recovered(ILogger logger, string material);

    [LoggerMessage(1004, LogLevel.Warning, "Loaded {Material} with a warning: {Warning}")]
    internal static partial void LoadedWithWarning(ILogger logger, string material, string warning);

    [LoggerMessage(1005, LogLevel.Warning, "{Material} or a part of it expires at {Expires:u}")]
    internal static partial void ExpiresSoon(ILogger logger, string material, DateTimeOffset expires);

    [LoggerMessage(1006, LogLevel.Error, "{Material} or a part of it expired at {Expires:u}")]
    internal static partial void Expired(ILogger logger, string material, DateTimeOffset expires);

    [LoggerMessage(1007, LogLevel.Error, "Dropped {Material}: no successful reload for {Age}; the material is no longer used")]
    internal static partial void DroppedAsStale(ILogger logger, string material, TimeSpan age);
}
