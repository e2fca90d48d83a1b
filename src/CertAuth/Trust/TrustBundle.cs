using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A set of trusted CA certificates that verifies certificates of clients or, by option, of servers.</summary>
/// <remarks>
/// <para>This library itself finds and verifies the path (RFC 5280, 6.1). It uses no certificate stores, environment variables or network
/// access, so the result is the same on every operating system.</para>
/// <para>Verdicts are cached, within bounds, while they hold. Everything that determines a verdict is immutable. Safe for concurrent use;
/// nothing to dispose.</para>
/// </remarks>
public sealed class TrustBundle
{
    private readonly IssuerIndex _index;

    private readonly ChainCache _outcomes = new();

    // Identifies this bundle in the certificates that it verified, without keeping the bundle alive.
    private readonly object _identity = new();

    // Intermediates of accepted paths, by SHA-256, with their imported keys. Logins with the same intermediate share them.
    private readonly BoundedCache<PathCertificate> _knownIntermediates = new(TrustBounds.MaxKnownIntermediates);

    private TrustBundle(ImmutableArray<TrustAnchor> anchors, IReadOnlyList<RevocationList> revocationLists, TrustBundleOptions options)
    {
        // The encoded lists are no longer needed.
        Options = options with { RevocationLists = [] };
        RevocationLists = revocationLists;
        Anchors = anchors;

        // A certificate of the bundle can be revoked by a list of the CA in the bundle whose key signed the certificate.
        RevokedAnchors = AnchorRevocation.FindRevoked(Anchors, revocationLists);
        _index = new([.. Anchors.Except(RevokedAnchors).Select(a => a.Issuer)]);
    }

    /// <summary>Gets the options, without the encoded revocation lists.</summary>
    internal TrustBundleOptions Options { get; }

    /// <summary>Gets the kind of peer that the bundle verifies.</summary>
    public CertificatePurpose Purpose => Options.Purpose;

    /// <summary>Gets the certificates in the order of the file, without duplicates.</summary>
    public ImmutableArray<TrustAnchor> Anchors { get; }

    /// <summary>Gets the certificates of the bundle that its revocation lists revoke. They are not trusted.</summary>
    internal ImmutableArray<TrustAnchor> RevokedAnchors { get; }

    /// <summary>Gets the revocation lists of the files, followed by the lists that a reload kept.</summary>
    internal IReadOnlyList<RevocationList> RevocationLists { get; }

    /// <summary>Gets the certificates of the bundle that may issue certificates: all except pinned leaves and revoked
    /// certificates.</summary>
    internal IEnumerable<TrustAnchor> IssuingAnchors => Anchors.Except(RevokedAnchors)
        .Where(a => a.Certificate.Fields.Extensions.IsCa || CertificateRules.IsVersion1Root(a.Certificate, Options));

    /// <summary>Reads a bundle from data in memory. Either all certificates and all revocation lists of the options are read, or there is
    /// an error.</summary>
    /// <remarks>A CA certificate with a subject of more than 2 KiB, or with more than 64 attributes in one RDN, is included with the
    /// warning <see cref="TrustWarningKind.UnusableAsIssuer"/>: certificates that it issued are rejected.</remarks>
    /// <param name="data">The certificates as PEM (one or more blocks), DER or PKCS #7: at most 16 MiB and 10,000 certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="bundle">The bundle if the method returns true; otherwise, null.</param>
    /// <param name="error">The reason and the position if the method returns false; otherwise, the default value.</param>
    /// <returns>true if the data was read; otherwise, false.</returns>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public static bool TryParse(
        ReadOnlySpan<byte> data, TrustBundleOptions? options, [NotNullWhen(true)] out TrustBundle? bundle, out TrustBundleError error)
    {
        options ??= new();
        options.ThrowIfInvalid();
        IReadOnlyList<ParsedCertificate> certificates = TrustBundleParser.Read(data, out error);
        IReadOnlyList<RevocationList> lists = [];
        if (error.Kind == TrustBundleErrorKind.None)
            lists = RevocationListFileReader.Read(options.RevocationLists.AsEnumerable(), out error);
        bundle = error.Kind == TrustBundleErrorKind.None ? new(CreateAnchors(certificates), lists, options) : null;
        return bundle is not null;
    }

    /// <summary>Reads a bundle from data in memory, as
    /// <see cref="TryParse(ReadOnlySpan{byte}, TrustBundleOptions, out TrustBundle, out TrustBundleError)"/> does.</summary>
    /// <param name="data">The certificates as PEM (one or more blocks), DER or PKCS #7: at most 16 MiB and 10,000 certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="FormatException">The data or a revocation list of the options cannot be read. The message gives the reason and the
    /// position.</exception>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public static TrustBundle Parse(ReadOnlySpan<byte> data, TrustBundleOptions? options = null) =>
        TryParse(data, options, out TrustBundle? bundle, out TrustBundleError error) ? bundle : throw new FormatException(error.ToString());

    /// <summary>Reads a bundle from a file, once. To reload the file when it changes, open it with <c>TrustBundle.OpenAsync</c>.</summary>
    /// <param name="file">The path of a file with certificates as PEM (one or more blocks), DER or PKCS #7: at most 16 MiB and 10,000
    /// certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="InvalidDataException">The content of the file or a revocation list of the options cannot be read. The message gives
    /// the path, the reason and the position.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is that of a folder.</exception>
    /// <exception cref="ArgumentException"><paramref name="file"/> is null or empty, or an option is out of range.</exception>
    public static TrustBundle LoadFile(string file, TrustBundleOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return BoundedFile.Load(file, TrustBounds.MaxBundleBytes, data =>
            TryParse(data.Span, options, out TrustBundle? bundle, out TrustBundleError error)
                ? bundle
                : throw new InvalidDataException($"The trust bundle '{LogText.Escape(file)}' cannot be loaded. {error}"));
    }

    /// <summary>Returns warnings for an operator. They depend on the current time and on the certificates that were verified so
    /// far.</summary>
    public ImmutableArray<TrustWarning> GetWarnings() =>
        [.. TrustWarningFinder.Find(Anchors, Options), .. RevokedAnchors.Select(a => new TrustWarning(TrustWarningKind.Revoked, a))];

    /// <summary>Verifies that a peer's certificate chains to a CA of this bundle, or is itself in the bundle. Does not throw, whatever the
    /// peer sent.</summary>
    /// <param name="leaf">The peer's certificate, DER-encoded. A certificate of more than 128 KiB is rejected.</param>
    /// <param name="intermediates">The other certificates that the peer sent, DER-encoded, in any order. Certificates that cannot be read
    /// are ignored. If there are more than 63, the peer's certificate is rejected.</param>
    /// <param name="verified">The verified certificate if the method returns true; otherwise, null.</param>
    /// <param name="rejection">The reason if the method returns false; otherwise, null.</param>
    /// <returns>true if the certificate is accepted; otherwise, false.</returns>
    public bool TryVerify(
        ReadOnlySpan<byte> leaf,
        ReadOnlySpan<ReadOnlyMemory<byte>> intermediates,
        [NotNullWhen(true)] out VerifiedCertificate? verified,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        verified = null;
        int count = intermediates.Length + 1;
        if (leaf.Length > CertificateBounds.MaxBytes || count > TrustBounds.MaxPeerCertificates)
        {
            int length = leaf.Length;
            rejection = new(RejectionReason.CertificateTooLarge, () => new(
                $"at most {TrustBounds.MaxPeerCertificates} certificates, the leaf at most {CertificateBounds.MaxBytes} bytes",
                $"{count} certificates, the leaf {length} bytes"));
            return false;
        }

        DateTimeOffset now = Options.TimeProvider.GetUtcNow();
        byte[] key = ChainCache.ComputeKey(leaf, intermediates);
        ChainOutcome? outcome = _outcomes.Find(key, now);
        if (outcome is null)
        {
            outcome = Verify(leaf, intermediates, now);
            if (outcome.IsCacheable && ChainCache.IsCacheable(leaf, intermediates))
                _outcomes.Add(key, outcome);
        }

        verified = outcome.Verified;
        rejection = outcome.Rejection;
        return verified is not null;
    }

    /// <summary>Verifies again a certificate that this bundle or an earlier one accepted, with the intermediates that the peer sent at that
    /// time.</summary>
    /// <param name="known">A certificate that a bundle verified. Its path is not null.</param>
    /// <param name="verified">The same object if the earlier verdict still holds, a new one if another path is found, or null.</param>
    /// <param name="rejection">The reason if the method returns false; otherwise, null.</param>
    internal bool TryReverify(
        VerifiedCertificate known, [NotNullWhen(true)] out VerifiedCertificate? verified, [NotNullWhen(false)] out Rejection? rejection)
    {
        PathEvidence path = known.Path!;
        if (!ReferenceEquals(path.VerifiedBy, _identity) || !path.Validity.Contains(Options.TimeProvider.GetUtcNow()))
            return TryVerify(known.Certificate!.Der.Span, path.Sent, out verified, out rejection);

        (verified, rejection) = (known, null);
        return true;
    }

    /// <summary>Returns this bundle with the addition of the revocation lists that it must keep from the bundle in use: see
    /// <see cref="RevocationListSuccession"/>.</summary>
    /// <param name="inUse">The bundle that this one replaces, or this bundle itself to drop kept lists that are no longer needed.</param>
    /// <returns>This instance if its lists stay the same.</returns>
    internal TrustBundle WithRevocationListsKeptFrom(TrustBundle inUse)
    {
        IEnumerable<PathCertificate> cas = Anchors.Concat(inUse.Anchors).Select(a => a.Issuer);
        IReadOnlyList<RevocationList> lists =
            RevocationListSuccession.Merge(RevocationLists, inUse.RevocationLists, cas, Options.TimeProvider.GetUtcNow());
        return lists.SequenceEqual(RevocationLists) ? this : new(Anchors, lists, Options);
    }

    /// <summary>Returns this bundle if it has the given purpose.</summary>
    /// <exception cref="InvalidOperationException">The bundle has another purpose: the application's source has replaced a bundle by one of
    /// another purpose.</exception>
    internal TrustBundle EnsurePurpose(CertificatePurpose purpose) => Purpose == purpose ? this : throw new InvalidOperationException(
        $"The trust bundle verifies {DescribePeers(Purpose)}, but it is used to verify {DescribePeers(purpose)}. "
        + $"Set {nameof(TrustBundleOptions)}.{nameof(TrustBundleOptions.Purpose)}.");

    private static string DescribePeers(CertificatePurpose purpose) =>
        purpose == CertificatePurpose.ServerAuthentication ? "servers" : "clients";

    private static ImmutableArray<TrustAnchor> CreateAnchors(IEnumerable<ParsedCertificate> certificates) =>
        [.. certificates.DistinctBy(c => c.Der.ToArray(), ByteArrayComparer.Instance).Select(c => new TrustAnchor(c))];

    private ChainOutcome Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates, DateTimeOffset now)
    {
        ValidityPeriod rejectionPeriod = ChainCache.GetRejectionPeriod(now);
        if (!ParsedCertificate.TryParse(leaf, out ParsedCertificate? certificate, out CertificateError error))
        {
            Rejection malformed = new(RejectionReason.CertificateMalformed, () => new("one DER-encoded certificate", error.ToString()));
            return new(null, malformed, rejectionPeriod, true);
        }

        VerificationTime time = new(now);
        RevocationChecker revocation = new(RevocationLists, Options, time);
        List<PathCertificate> sent = Read(intermediates);
        PathSearch search = new(_index, sent, new(Options, time), revocation, Options.MaxIntermediates);
        if (!search.TryFind(certificate, out VerifiedPath? path, out Rejection? rejection))
            return new(null, rejection, rejectionPeriod.Until(time.HoldsUntil), true);

        foreach (PathCertificate intermediate in path.Intermediates)
            _knownIntermediates.Set(intermediate.Certificate.Sha256.ToArray(), intermediate);

        // A client sends its path and, at most, the root. With other certificates, a client could fill the cache with different verdicts on
        // the same path.
        bool isMinimal = intermediates.Length <= path.Intermediates.Count + 1;
        PathEvidence evidence = CreateEvidence(certificate, path, sent);
        PathCertificate? ambiguousIssuer = _index.FindAmbiguousIssuer(certificate, path);
        ambiguousIssuer?.RecordAmbiguousCertificate();
        VerifiedCertificate verified = new(certificate, path.Anchor.Sha256, path.Intermediates.Count, evidence)
        {
            HasAmbiguousIssuer = ambiguousIssuer is not null,
        };
        return new(verified, null, path.Validity, isMinimal);
    }

    private PathEvidence CreateEvidence(ParsedCertificate leaf, VerifiedPath path, List<PathCertificate> sent)
    {
        int sentBytes = leaf.Der.Length + sent.Sum(certificate => certificate.Certificate.Der.Length);
        IReadOnlyList<PathCertificate> kept = sentBytes <= CertificateBounds.MaxSentBytes ? sent : path.Intermediates;
        IEnumerable<ParsedCertificate> all = [leaf, .. path.Intermediates.Select(intermediate => intermediate.Certificate), path.Anchor];
        ParsedCertificate? issuer = ReferenceEquals(path.Anchor, leaf) ? null
            : path.Intermediates.Count > 0 ? path.Intermediates[0].Certificate
            : path.Anchor;
        return new()
        {
            IssuerSha256 = issuer?.Sha256 ?? default,
            IssuerKeySha256 = issuer?.PublicKeySha256 ?? default,
            NotAfter = all.Min(certificate => certificate.NotAfter),
            Validity = path.Validity,
            VerifiedBy = _identity,
            Sent = [.. kept.Select(certificate => certificate.Certificate.Der)],
        };
    }

    private List<PathCertificate> Read(ReadOnlySpan<ReadOnlyMemory<byte>> certificates)
    {
        List<PathCertificate> read = new(certificates.Length);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (ReadOnlyMemory<byte> der in certificates)
        {
            SHA256.HashData(der.Span, digest);
            if (_knownIntermediates.TryGet(digest, out PathCertificate? known))
                read.Add(known!);
            else if (ParsedCertificate.TryParse(der.Span, out ParsedCertificate? certificate, out _))
                read.Add(new(certificate));
        }

        return read;
    }
}
