using CertAuth.Reloading;

namespace CertAuth.Soak.Exercises;

/// <summary>Opens material without a limit on early reloads, because a generation exists only for milliseconds, less than the minimum time
/// between two early reloads.</summary>
internal static class EagerReloads
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMinutes(10);

    internal static Task<Reloadable<T>> OpenAsync<T>(string file, IMaterialReader<T> reader, ReloadOptions options)
        where T : class
    {
        FileOrigin origin = new([Path.GetFullPath(file)], reader.MaxBytes, options.ReadTimeout, options.TimeProvider);
        return Reloadable<T>.OpenAsync(origin, reader, options, new(s_pollInterval, TimeSpan.Zero), CancellationToken.None);
    }
}
