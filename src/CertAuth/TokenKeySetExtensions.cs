using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth;

/// <summary>Opens a <see cref="TokenKeySet"/> that is reloaded when its file or endpoint changes.</summary>
public static class TokenKeySetExtensions
{
    extension(TokenKeySet)
    {
        /// <summary>Opens a JWK set in a file, and reloads it when the file changes.</summary>
        /// <remarks>A token with an unknown <c>kid</c> starts an early reload, at most every 30 seconds.</remarks>
        /// <param name="file">The path of the set: strict JSON in UTF-8, at most 1 MiB.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is one hour.</param>
        /// <param name="cancellationToken">A token that cancels the opening.</param>
        /// <returns>The set. The caller disposes it.</returns>
        /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
        /// <exception cref="InvalidDataException">The file cannot be read or used. The message states the reason.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
        public static Task<Reloadable<TokenKeySet>> OpenAsync(
            string file, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
            Reloadable.OpenAsync([file], new TokenKeySetReader(), options, ReloadIntervals.JwkSets, cancellationToken);

        /// <summary>Opens a JWK set at an https address, and reloads it when the response changes.</summary>
        /// <remarks>A request sends the entity tag of the set in use, if it has one. The size is at most 1 MiB, the time at most
        /// <see cref="ReloadOptions.ReadTimeout"/>; redirects to another host are not followed. A token with an unknown <c>kid</c> starts
        /// an early reload, at most every 30 seconds.</remarks>
        /// <param name="endpoint">The address of the set, and the client that fetches it.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is one hour.</param>
        /// <param name="cancellationToken">A token that cancels the opening.</param>
        /// <returns>The set. The caller disposes it.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
        /// <exception cref="ArgumentException">The address is not an absolute https address without user information, or an option is out
        /// of range.</exception>
        /// <exception cref="InvalidDataException">The set cannot be fetched or used. The message states the reason.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
        public static Task<Reloadable<TokenKeySet>> OpenAsync(
            KeySetEndpoint endpoint, ReloadOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            endpoint.ThrowIfInvalid();
            options = Reloadable.Validate(options, ReloadIntervals.JwkSets, canBecomeStale: true);
            TokenKeySetReader reader = new();
            HttpsOrigin origin = new(endpoint, reader.MaxBytes, options.ReadTimeout, options.TimeProvider);
            return Reloadable<TokenKeySet>.OpenAsync(origin, reader, options, ReloadIntervals.JwkSets, cancellationToken);
        }
    }
}
