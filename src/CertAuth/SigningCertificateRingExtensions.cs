using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth;

/// <summary>Opens a <see cref="SigningCertificateRing"/> that is reloaded when its file changes.</summary>
public static class SigningCertificateRingExtensions
{
    extension(SigningCertificateRing)
    {
        /// <summary>Opens the certificates with which a server verifies what proxies sign, and reloads them when the file
        /// changes.</summary>
        /// <remarks>The ring holds the certificate of the file, and those that were replaced in the last 15 minutes. A signature by an
        /// unknown key starts an early reload, at most every 5 seconds.</remarks>
        /// <param name="certificateFile">The path of the certificates: PEM, the signer's certificate first.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is 10 minutes.</param>
        /// <param name="cancellationToken">A token that cancels the opening.</param>
        /// <returns>The ring. The caller disposes it.</returns>
        /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
        /// <exception cref="InvalidDataException">The file cannot be read or used. The message names the file and the reason.</exception>
        public static Task<Reloadable<SigningCertificateRing>> OpenAsync(
            string certificateFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
            Reloadable.OpenAsync(
                [certificateFile],
                new SigningCertificateRingReader(options?.TimeProvider ?? TimeProvider.System, Reloadable.GetDisplayPath(certificateFile)),
                options,
                ReloadIntervals.SigningCertificates,
                cancellationToken);
    }
}
