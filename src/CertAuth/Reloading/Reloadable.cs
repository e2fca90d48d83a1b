using System.Collections.Immutable;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Reloading;

/// <summary>Opens what is kept up to date: reads it once, and from then on looks for something newer.</summary>
/// <remarks>Whoever opens something disposes it. Each method throws <see cref="InvalidDataException"/> where there is nothing that can be used, with
/// the reason; then nothing was opened. Paths are taken relative to the current folder when they are opened. Symbolic links are followed anew at each look, each once, so that files
/// reached through one link are of one generation.</remarks>
public static class Reloadable
{
    // An unknown key makes one look, at most this often, however many bad signatures come.
    private static readonly ReloadIntervals s_fileIntervals = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));
    private static readonly ReloadIntervals s_keySetIntervals = new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));
    private static readonly ReloadIntervals s_ringIntervals = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));

    /// <summary>The CAs of clients, and their revocation lists.</summary>
    /// <remarks>A stale or missing revocation list concerns its issuer only. If a reload brings an older list of an issuer, a stale one, or
    /// one that is not valid yet, the list in use is kept beside it: nothing is un-revoked until a newer list comes or the process
    /// ends.</remarks>
    /// <param name="bundleFile">PEM, DER or PKCS#7.</param>
    /// <param name="revocationListFiles">Files of revocation lists, beside those of the options; none: revocation isn't checked.</param>
    /// <param name="trust">How to verify; null for the defaults.</param>
    /// <param name="options">How to look; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no bundle that can be used.</exception>
    public static Task<Reloadable<TrustBundle>> OpenTrustBundleAsync(
        string bundleFile,
        IEnumerable<string>? revocationListFiles = null,
        TrustBundleOptions? trust = null,
        ReloadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        trust ??= new() { TimeProvider = options?.TimeProvider ?? TimeProvider.System };
        trust.ThrowIfInvalid();
        return OpenAsync([bundleFile, .. revocationListFiles ?? []], new TrustBundleReader(trust), options, s_fileIntervals, cancellationToken);
    }

    /// <summary>A server's certificate and its key. One that has expired is opened, with a warning; it never takes the place of one that hasn't.</summary>
    /// <param name="certificateFile">PEM: the certificate, then those above it.</param>
    /// <param name="keyFile">PEM: the key, not encrypted; it may be the same file.</param>
    /// <param name="options">How to look; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no pair that can be used.</exception>
    public static Task<Reloadable<ServerCertificate>> OpenServerCertificateAsync(
        string certificateFile, string keyFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(
            [certificateFile, keyFile],
            new ServerCertificateReader(FullName(certificateFile), FullName(keyFile)),
            options,
            s_fileIntervals,
            cancellationToken);

    /// <summary>The pair with which a proxy signs; always the newest.</summary>
    /// <param name="certificateFile">PEM: the certificate, then those above it.</param>
    /// <param name="keyFile">PEM: the key, not encrypted; it may be the same file.</param>
    /// <param name="options">How to look; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">A path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no pair that can be used.</exception>
    public static Task<Reloadable<SigningKeyPair>> OpenSigningKeyPairAsync(
        string certificateFile, string keyFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(
            [certificateFile, keyFile],
            new SigningKeyPairReader(FullName(certificateFile), FullName(keyFile)),
            options,
            s_fileIntervals,
            cancellationToken);

    /// <summary>The certificates with which a server verifies what proxies sign: the file's, and those that it replaced within 15 minutes. A signature by an unknown key
    /// makes one early look, at most every 5 seconds.</summary>
    /// <param name="certificateFile">PEM: the signer's certificate.</param>
    /// <param name="options">How to look; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no certificate that can be used.</exception>
    public static Task<Reloadable<SigningCertificateRing>> OpenSigningCertificateRingAsync(
        string certificateFile, ReloadOptions? options = null, CancellationToken cancellationToken = default) => OpenAsync(
            [certificateFile],
            new SigningCertificateRingReader(options?.TimeProvider ?? TimeProvider.System, FullName(certificateFile)),
            options,
            s_ringIntervals,
            cancellationToken);

    /// <summary>A JWK Set in a file. A token with an unknown <c>kid</c> makes one early look, at most every 30 seconds.</summary>
    /// <param name="file">JSON, at most 1 MiB.</param>
    /// <param name="options">How to look; null for the defaults: every hour.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no set that can be used.</exception>
    public static Task<Reloadable<TokenKeySet>> OpenKeySetAsync(
        string file, ReloadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([file], new KeySetReader(), options, s_keySetIntervals, cancellationToken);

    /// <summary>A JWK Set at an https address: its entity tag is honoured, size and time are bounded, redirects to another host aren't followed. A token with an
    /// unknown <c>kid</c> makes one early look, at most every 30 seconds.</summary>
    /// <param name="endpoint">Where the set is.</param>
    /// <param name="options">How to look; null for the defaults: every hour.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">The address isn't https, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is no set that can be used.</exception>
    public static Task<Reloadable<TokenKeySet>> OpenKeySetAsync(
        KeySetEndpoint endpoint, ReloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ThrowIfInvalid();
        options = Validate(options, s_keySetIntervals, canBecomeStale: true);
        KeySetReader reader = new();
        HttpsOrigin origin = new(endpoint, reader.MaxBytes, options.ReadTimeout, options.TimeProvider);
        return Reloadable<TokenKeySet>.OpenAsync(origin, reader, options, s_keySetIntervals, cancellationToken);
    }

    /// <summary>Anything else that a host reads from files: its accounts, say.</summary>
    /// <param name="files">At least one; read as one piece.</param>
    /// <param name="reader">What makes something of them.</param>
    /// <param name="options">How to look; null for the defaults: every 10 minutes.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <typeparam name="T">Something immutable that needs no disposing.</typeparam>
    /// <exception cref="ArgumentException">There is no path, or one is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There is nothing that can be used.</exception>
    public static Task<Reloadable<T>> OpenAsync<T>(
        IEnumerable<string> files, IMaterialReader<T> reader, ReloadOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(reader);
        return OpenAsync([.. files], reader, options, s_fileIntervals, cancellationToken);
    }

    /// <summary>Revokes a certificate at once, whether it is kept, the newest, or comes again in the file; and its key with it, where the ring has seen the
    /// certificate. It lasts as long as the ring is open.</summary>
    /// <remarks>Before the ring has seen the certificate, only these bytes are revoked, not a twin with another SHA-256; see
    /// <see cref="CertAuth.Certificates.ParsedCertificate.Sha256"/>.</remarks>
    /// <param name="ring">The ring.</param>
    /// <param name="sha256">SHA-256 of the certificate, 32 octets.</param>
    /// <exception cref="ArgumentException">Not 32 octets.</exception>
    public static void Revoke(this Reloadable<SigningCertificateRing> ring, ReadOnlySpan<byte> sha256)
    {
        ArgumentNullException.ThrowIfNull(ring);
        if (sha256.Length != System.Security.Cryptography.SHA256.HashSizeInBytes)
            throw new ArgumentException("A SHA-256 has 32 octets.", nameof(sha256));

        byte[] revoked = sha256.ToArray();
        ring.Update(r => r.Revoke(revoked));
    }

    private static Task<Reloadable<T>> OpenAsync<T>(
        ImmutableArray<string> files, IMaterialReader<T> reader, ReloadOptions? options, ReloadIntervals intervals, CancellationToken cancellationToken)
        where T : class
    {
        options = Validate(options, intervals, canBecomeStale: reader.StaleFallback is not null);
        if (files.IsEmpty || files.Any(string.IsNullOrEmpty))
            throw new ArgumentException("At least one path is needed, and none may be empty.", nameof(files));

        ImmutableArray<string> paths = [.. files.Select(Path.GetFullPath)];
        FileOrigin origin = new(paths, reader.MaxBytes, options.ReadTimeout, options.TimeProvider);
        return Reloadable<T>.OpenAsync(origin, reader, options, intervals, cancellationToken);
    }

    // For messages; an empty path is reported by OpenAsync.
    private static string FullName(string path) => string.IsNullOrEmpty(path) ? "" : Path.GetFullPath(path);

    private static ReloadOptions Validate(ReloadOptions? options, ReloadIntervals intervals, bool canBecomeStale)
    {
        options ??= new();
        options.ThrowIfInvalid(intervals.PollInterval, canBecomeStale);
        return options;
    }
}
