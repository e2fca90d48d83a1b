using CertAuth.Reloading;
using CertAuth.Signing;

namespace CertAuth;

/// <summary>Opens a <see cref="SigningKeyPair"/> that is reloaded when its files change.</summary>
public static class SigningKeyPairExtensions
{
    extension(SigningKeyPair)
    {
        /// <summary>Opens the key pair with which a proxy signs, and reloads it when the files change.</summary>
        /// <remarks>A certificate that has expired or is not valid yet is not opened, and never replaces one that is valid.</remarks>
        /// <param name="certificateFile">The path of the certificates: PEM, the signer's certificate first, then its issuers.</param>
        /// <param name="keyFile">The path of the private key: PEM, not encrypted. It may equal <paramref name="certificateFile"/>.</param>
        /// <param name="options">The options of reloading; null for the defaults. The default interval is 10 minutes.</param>
        /// <param name="cancellationToken">A token that cancels the opening.</param>
        /// <returns>The key pair. The caller disposes it.</returns>
        /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
        /// <exception cref="InvalidDataException">A file cannot be read or used. The message names the file and the reason.</exception>
        public static Task<Reloadable<SigningKeyPair>> OpenAsync(
            string certificateFile, string keyFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
            Reloadable.OpenAsync(
                [certificateFile, keyFile],
                new SigningKeyPairReader(Reloadable.GetDisplayPath(certificateFile), Reloadable.GetDisplayPath(keyFile)),
                options,
                ReloadIntervals.Files,
                cancellationToken);
    }
}
