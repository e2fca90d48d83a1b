namespace CertAuth.Reloading;

/// <summary>The bounds of reloading. docs/bounds.md states what happens beyond each.</summary>
internal static class ReloadBounds
{
    /// <summary>The maximum length of the name of a material.</summary>
    // It is a tag of metrics.
    internal const int MaxNameLength = 64;

    /// <summary>The minimum of the option PollInterval.</summary>
    // Each poll reads the files.
    internal static readonly TimeSpan MinPollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The maximum of the option PollInterval.</summary>
    // A longer one is a mistake: certificates are replaced more often.
    internal static readonly TimeSpan MaxPollInterval = TimeSpan.FromDays(7);

    /// <summary>The maximum of the option SettleDelay.</summary>
    // Each reload of a young file waits for that long.
    internal static readonly TimeSpan MaxSettleDelay = TimeSpan.FromSeconds(30);

    /// <summary>The maximum of the option ReadTimeout.</summary>
    // A file server that does not respond delays a reload for that long.
    internal static readonly TimeSpan MaxReadTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The minimum time since the last write of a file that is read only once.</summary>
    // It is longer than a program that writes in place may pause (SettleDelay), and longer than the usual difference between the clocks of
    // this machine and a file server.
    internal static readonly TimeSpan MinFileAge = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of times that one reload reads the files again because they change or cannot be used.</summary>
    // The next poll reads them again.
    internal const int MaxReadAttempts = 3;

    /// <summary>The maximum number of symbolic links in a path.</summary>
    // As Linux does, see path_resolution(7): a cycle of links ends in an error.
    internal const int MaxLinks = 40;

    /// <summary>The maximum number of redirects that are followed.</summary>
    // A loop of redirects must end. Each must stay on the host of the address.
    internal const int MaxRedirects = 3;

    /// <summary>The maximum size of the headers of a response, in kilobytes.</summary>
    // Memory: the endpoint chooses the headers.
    internal const int MaxHeaderKilobytes = 32;

    /// <summary>The maximum length of an entity tag. A longer one is not sent back, so the content is fetched each time.</summary>
    // It is sent with each request.
    internal const int MaxTagLength = 1024;

    /// <summary>The maximum number of keys that the description of a JWK set names.</summary>
    // The description is one line of a log.
    internal const int MaxShownKeys = 20;

    /// <summary>The maximum number of anchors that the description of a trust bundle names.</summary>
    // The description is one line of a log.
    internal const int MaxShownAnchors = 5;

    /// <summary>The maximum number of warnings of a material in the log and in the status.</summary>
    // Files can give rise to thousands.
    internal const int MaxShownWarnings = 20;
}
