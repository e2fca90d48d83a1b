namespace CertAuth.Reloading;

/// <summary>The default intervals of one kind of material.</summary>
/// <param name="PollInterval">The time from the end of one reload to the next, unless <see cref="ReloadOptions.PollInterval"/> sets
/// another.</param>
/// <param name="RefreshInterval">The minimum time between two early reloads, however many logins ask for one.</param>
internal readonly record struct ReloadIntervals(TimeSpan PollInterval, TimeSpan RefreshInterval)
{
    internal static ReloadIntervals Files { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));

    internal static ReloadIntervals JwkSets { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));

    internal static ReloadIntervals SigningCertificates { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
}
