using CertAuth.Reloading;

namespace CertAuth.Soak.Exercises;

/// <summary>Opens material whose early looks are not rationed: here a generation lives for milliseconds, and not for longer than the shortest time between two
/// early looks.</summary>
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
