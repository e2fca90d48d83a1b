using CertAuth.Reloading;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>Opens a <see cref="ServerCertificate"/> that is reloaded when its files change.</summary>
public static class ServerCertificateExtensions
{
    extension(ServerCertificate)
    {
        /// <summary>Opens the certificate of a server with its private key, and reloads both when the files change.</summary>
        /// <remarks>An expired certificate can be opened, and an error is logged. On a reload, an expired certificate never replaces a
        /// valid one.</remarks>
        /// <param name="certificateFile">The path of the certificates: PEM, the server's certificate first, then its intermediates.</param>
        /// <param name="keyFile">The path of the private key: PEM, not encrypted. It may equal <paramref name="certificateFile"/>.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is 10 minutes.</param>
        /// <param name="cancellationToken">The token that cancels the first read.</param>
        /// <returns>The certificate. The caller disposes it.</returns>
        /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
        /// <exception cref="InvalidDataException">A file cannot be read or used. The message names the file and the reason.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
        public static Task<Reloadable<ServerCertificate>> OpenAsync(
            string certificateFile, string keyFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
            Reloadable.OpenAsync(
                [certificateFile, keyFile],
                new ServerCertificateReader(Reloadable.GetDisplayPath(certificateFile), Reloadable.GetDisplayPath(keyFile)),
                options,
                ReloadIntervals.Files,
                cancellationToken);
    }
}
