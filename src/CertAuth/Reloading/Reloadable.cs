using System.Collections.Immutable;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Opens an application's own materials, and revokes signing certificates.</summary>
/// <remarks>The materials of the library are opened by <c>OpenAsync</c> of their types, such as <c>TrustBundle.OpenAsync</c>. A relative
/// path is resolved against the current directory when the material is opened. Symbolic links are resolved at each reload. A
/// reload reads each link only once, so files that are reached through the same link, such as <c>..data</c> of Kubernetes, come from the
/// same folder.</remarks>
public static class Reloadable
{
    /// <summary>Opens files that contain a material of the application, such as its accounts, and reloads the material when they
    /// change.</summary>
    /// <param name="files">The paths, at least one. The files are read and replaced together.</param>
    /// <param name="reader">The reader that turns the files into the material.</param>
    /// <param name="options">The options of reloading; null for the defaults. The default interval is 10 minutes.</param>
    /// <param name="cancellationToken">A token that cancels the opening.</param>
    /// <typeparam name="T">The type of the material: immutable, and without resources to dispose.</typeparam>
    /// <returns>The material. The caller disposes it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="files"/> or <paramref name="reader"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no path, a path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read or used. The message says why.</exception>
    public static Task<Reloadable<T>> OpenAsync<T>(
        IEnumerable<string> files, IMaterialReader<T> reader, ReloadOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(reader);
        return OpenAsync([.. files], reader, options, ReloadIntervals.Files, cancellationToken);
    }

    /// <summary>Revokes a signing certificate for as long as the ring is open.</summary>
    /// <remarks>The revocation takes effect immediately, whether the certificate is the newest, was replaced, or appears in the file later.
    /// If the ring has seen the certificate, its public key is revoked with it. Otherwise only this encoding is revoked, and not another
    /// encoding of the same certificate with another SHA-256; see <see cref="ParsedCertificate.Sha256"/>.</remarks>
    /// <param name="ring">The ring.</param>
    /// <param name="sha256">The SHA-256 of the certificate in DER, 32 bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ring"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="sha256"/> does not have 32 bytes.</exception>
    public static void Revoke(this Reloadable<SigningCertificateRing> ring, ReadOnlySpan<byte> sha256)
    {
        ArgumentNullException.ThrowIfNull(ring);
        if (sha256.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(sha256));

        byte[] revoked = sha256.ToArray();
        ring.Update(r => r.Revoke(revoked));
    }

    internal static Task<Reloadable<T>> OpenAsync<T>(
        ImmutableArray<string> files,
        IMaterialReader<T> reader,
        ReloadOptions? options,
        ReloadIntervals intervals,
        CancellationToken cancellationToken)
        where T : class
    {
        options = Validate(options, intervals, canBecomeStale: reader.StaleFallback is not null);
        if (files.IsEmpty || files.Any(string.IsNullOrEmpty))
            throw new ArgumentException("At least one path is required, and no path may be empty.", nameof(files));

        ImmutableArray<string> paths = [.. files.Select(Path.GetFullPath)];
        FileOrigin origin = new(paths, reader.MaxBytes, options.ReadTimeout, options.TimeProvider);
        return Reloadable<T>.OpenAsync(origin, reader, options, intervals, cancellationToken);
    }

    /// <summary>Returns the full path, for messages. If the path is empty or null, returns an empty text: <c>OpenAsync</c> rejects it
    /// later.</summary>
    internal static string GetDisplayPath(string path) => string.IsNullOrEmpty(path) ? "" : Path.GetFullPath(path);

    internal static ReloadOptions Validate(ReloadOptions? options, ReloadIntervals intervals, bool canBecomeStale)
    {
        options ??= new();
        options.ThrowIfInvalid(intervals.PollInterval, canBecomeStale);
        return options;
    }
}
