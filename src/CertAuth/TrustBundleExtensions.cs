using CertAuth.Reloading;
using CertAuth.Trust;

namespace CertAuth;

/// <summary>Opens a <see cref="TrustBundle"/> that is reloaded when its files change.</summary>
public static class TrustBundleExtensions
{
    extension(TrustBundle)
    {
        /// <summary>Opens a bundle of CA certificates with its revocation lists, and reloads it when the files change.</summary>
        /// <remarks>A stale or missing revocation list affects only the certificates of its issuer. If a reload brings a list that is older
        /// than the one in use, stale, or not yet valid, the list in use is kept beside it: a revoked certificate stays revoked until a
        /// newer list is loaded or the process ends. A bundle that has expired or is not yet valid never replaces a valid one.</remarks>
        /// <param name="bundleFile">The path of the CA certificates: PEM, DER or PKCS #7.</param>
        /// <param name="revocationListFiles">The paths of revocation lists, in addition to
        /// <see cref="TrustBundleOptions.RevocationLists"/>. If neither has a list, revocation is not checked.</param>
        /// <param name="trust">The options of verification; null for the defaults with the clock of <paramref name="options"/>.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is 10 minutes.</param>
        /// <param name="cancellationToken">The token that cancels the first read.</param>
        /// <returns>The bundle. The caller disposes it.</returns>
        /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
        /// <exception cref="InvalidDataException">A file cannot be read or used. The message states the reason.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
        public static Task<Reloadable<TrustBundle>> OpenAsync(
            string bundleFile,
            IEnumerable<string>? revocationListFiles = null,
            TrustBundleOptions? trust = null,
            ReloadOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            trust ??= new() { TimeProvider = options?.TimeProvider ?? TimeProvider.System };
            trust.ThrowIfInvalid();
            return Reloadable.OpenAsync(
                [bundleFile, .. revocationListFiles ?? []],
                new TrustBundleReader(trust),
                options,
                ReloadIntervals.Files,
                cancellationToken);
        }
    }
}
