using System.Collections.Immutable;
using CertAuth.Reloading;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth;

public sealed partial class ServerTls : IDisposable
{
    // What OpenAsync opened; empty for any other instance.
    private readonly ImmutableArray<IDisposable> _owned = [];

    private ServerTls(ServerTlsOptions options, ImmutableArray<IDisposable> owned)
        : this(options) => _owned = owned;

    /// <summary>Reads a server's certificate with its private key and the CAs of clients from files, and reloads them when the files
    /// change.</summary>
    /// <remarks>A change takes effect at the next handshake. If the new files cannot be used, the previous ones stay in use. Dispose the
    /// instance to stop reloading. To check revocation lists, or for other settings of a single material, open <see cref="TrustBundle"/>
    /// and <see cref="Tls.ServerCertificate"/> separately and use the constructor.</remarks>
    /// <param name="certificateFile">The path of the certificate, PEM: the certificate first, then its intermediates.</param>
    /// <param name="keyFile">The path of the private key, PEM, not encrypted; it may be the path of the certificate.</param>
    /// <param name="clientCaFile">The path of the CAs of clients: PEM, DER or PKCS #7.</param>
    /// <param name="options">The options, without <see cref="ServerTlsOptions.ServerCertificate"/> and
    /// <see cref="ServerTlsOptions.ClientTrust"/>; null for the defaults.</param>
    /// <param name="reloadOptions">The options of reloading, for the certificate and for the CAs: <see cref="ReloadOptions.Name"/> must be
    /// null. Their clock decides only when the files are read; <see cref="ServerTlsOptions.TimeProvider"/> verifies certificates. Null for
    /// the defaults with <see cref="ServerTlsOptions.TimeProvider"/>.</param>
    /// <param name="cancellationToken">The token that cancels the first read.</param>
    /// <returns>The instance, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">A path is null or empty, a source or the name is set, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read or used. The message states the reason.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public static async Task<ServerTls> OpenAsync(
        string certificateFile,
        string keyFile,
        string clientCaFile,
        ServerTlsOptions? options = null,
        ReloadOptions? reloadOptions = null,
        CancellationToken cancellationToken = default)
    {
        options = ValidateForFiles(certificateFile, keyFile, clientCaFile, options);
        reloadOptions ??= new() { TimeProvider = options.TimeProvider };
        if (reloadOptions.Name is not null)
        {
            throw new ArgumentException(
                "ReloadOptions: Name must be null, because the certificate and the CAs are two materials.", nameof(reloadOptions));
        }

        Reloadable<ServerCertificate>? certificate = null;
        Reloadable<TrustBundle>? clientTrust = null;
        ServerTls? tls = null;
        try
        {
            certificate = await Tls.ServerCertificate.OpenAsync(certificateFile, keyFile, reloadOptions, cancellationToken)
                .ConfigureAwait(false);
            TrustBundleOptions trust = new() { TimeProvider = options.TimeProvider };
            clientTrust = await TrustBundle.OpenAsync(
                clientCaFile, trust: trust, options: reloadOptions, cancellationToken: cancellationToken).ConfigureAwait(false);
            return tls = new(options with { ServerCertificate = certificate, ClientTrust = clientTrust }, [certificate, clientTrust]);
        }
        finally
        {
            if (tls is null)
            {
                clientTrust?.Dispose();
                certificate?.Dispose();
            }
        }
    }

    /// <summary>Reads a server's certificate with its private key and the CAs of clients from files, once. Later changes of the files have
    /// no effect.</summary>
    /// <param name="certificateFile">The path of the certificate, PEM: the certificate first, then its intermediates.</param>
    /// <param name="keyFile">The path of the private key, PEM, not encrypted; it may be the path of the certificate.</param>
    /// <param name="clientCaFile">The path of the CAs of clients: PEM, DER or PKCS #7.</param>
    /// <param name="options">The options, without <see cref="ServerTlsOptions.ServerCertificate"/> and
    /// <see cref="ServerTlsOptions.ClientTrust"/>; null for the defaults.</param>
    /// <returns>The instance. It has nothing to dispose.</returns>
    /// <exception cref="ArgumentException">A path is null or empty, a source is set, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">The contents of a file cannot be used. The message names the file and states the
    /// reason.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ServerTls FromFiles(string certificateFile, string keyFile, string clientCaFile, ServerTlsOptions? options = null)
    {
        options = ValidateForFiles(certificateFile, keyFile, clientCaFile, options);
        return new(options with
        {
            ServerCertificate = Source.Fixed(Tls.ServerCertificate.LoadFile(certificateFile, keyFile)),
            ClientTrust = Source.Fixed(TrustBundle.LoadFile(clientCaFile, new() { TimeProvider = options.TimeProvider })),
        });
    }

    /// <summary>Stops reloading if the instance is from <see cref="OpenAsync"/>; otherwise, does nothing.</summary>
    /// <remarks>Handshakes and connections continue with the last materials that were loaded. The sources in the options of the constructor
    /// are not disposed. Further calls do nothing.</remarks>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    private static ServerTlsOptions ValidateForFiles(
        string certificateFile, string keyFile, string clientCaFile, ServerTlsOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificateFile);
        ArgumentException.ThrowIfNullOrEmpty(keyFile);
        ArgumentException.ThrowIfNullOrEmpty(clientCaFile);
        options ??= new();
        options.ThrowIfInvalidForFiles();
        return options;
    }
}
