using CertAuth.Reloading;

namespace CertAuth.Soak.Exercises;

/// <summary>Opens a material without a minimum time between two early reloads. A generation exists for a few milliseconds, and the usual
/// minimum is several seconds.</summary>
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
