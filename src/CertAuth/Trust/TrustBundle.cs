using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The CA certificates that are trusted, and the decision whether a peer's certificate is from one of them: a client's, or, by option, a server's.</summary>
/// <remarks>The path is searched and checked here (RFC 5280, 6.1), the same on every operating system: no certificate store, no environment variable
/// and no network has a say. Outcomes for the same certificates are remembered, within bounds, as long as they hold.
/// Immutable in all that it decides; safe for concurrent use; nothing to dispose.</remarks>
public sealed class TrustBundle
{
    /// <summary>Most certificates that are taken from a peer, the leaf included.</summary>
    internal const int MaxPeerCertificates = 64;

    /// <summary>Most intermediates that are remembered.</summary>
    internal const int MaxKnownIntermediates = 64;

    private readonly TrustBundleOptions _options;
    private readonly IssuerIndex _index;

    private readonly ChainCache _outcomes = new();

    // Stands for this bundle in what it verified, which must not keep it alive.
    private readonly object _identity = new();

    // Intermediates of paths that were good: parsed and their keys imported once, for all clients of theirs.
    private readonly BoundedCache<PathCertificate> _knownIntermediates = new(MaxKnownIntermediates);

    private TrustBundle(ImmutableArray<TrustAnchor> anchors, IReadOnlyList<RevocationList> revocationLists, TrustBundleOptions options)
    {
        // What the lists were read from isn't needed any more.
        _options = options with { RevocationLists = [] };
        RevocationLists = revocationLists;
        Anchors = anchors;

        // A certificate of the bundle is revoked like any other: by a list of the CA of the bundle whose key signed it.
        RevokedAnchors = AnchorRevocation.FindRevoked(Anchors, revocationLists);
        _index = new([.. Anchors.Except(RevokedAnchors).Select(a => a.Issuer)]);
    }

    /// <summary>What the certificates that it verifies are for.</summary>
    public CertificatePurpose Purpose => _options.Purpose;

    /// <summary>The certificates, in the order of the file, each once.</summary>
    public ImmutableArray<TrustAnchor> Anchors { get; }

    /// <summary>The certificates of the bundle that one of its revocation lists revokes: they are trusted for nothing.</summary>
    internal ImmutableArray<TrustAnchor> RevokedAnchors { get; }

    /// <summary>The revocation lists of the files, then those that a reload kept.</summary>
    internal IReadOnlyList<RevocationList> RevocationLists { get; }

    /// <summary>The certificates of the bundle that may issue: pinned leaves and revoked ones left out.</summary>
    internal IEnumerable<TrustAnchor> IssuingAnchors => Anchors.Except(RevokedAnchors)
        .Where(a => a.Certificate.Fields.Extensions.IsCa || CertificateRules.IsVersion1Root(a.Certificate, _options));

    /// <summary>Loads a bundle from PEM (one or more blocks), DER or PKCS#7. All of its certificates can be read, or it is an error.</summary>
    /// <remarks>A CA whose encoded subject is longer than 2 KiB, or has more than 64 attributes in one RDN, is loaded with the warning
    /// <see cref="TrustWarningKind.UnusableAsIssuer"/> and issues nothing.</remarks>
    /// <param name="data">At most 16 MiB and 10,000 certificates.</param>
    /// <param name="options">How to verify; null for the defaults.</param>
    /// <param name="bundle">The bundle, or null.</param>
    /// <param name="error">What is wrong, and in which block; no error on success.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static bool TryParse(
        ReadOnlySpan<byte> data, TrustBundleOptions? options, [NotNullWhen(true)] out TrustBundle? bundle, out TrustBundleError error)
    {
        options ??= new();
        options.ThrowIfInvalid();
        IReadOnlyList<ParsedCertificate> certificates = TrustBundleParser.Read(data, out error);
        IReadOnlyList<RevocationList> lists = [];
        if (error.Kind == TrustBundleErrorKind.None)
            lists = RevocationListFileReader.Read(options.RevocationLists.AsEnumerable(), out error);
        bundle = error.Kind == TrustBundleErrorKind.None ? new(ToAnchors(certificates), lists, options) : null;
        return bundle is not null;
    }

    /// <summary>Loads a bundle, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The bundle can't be read; the message says why and where.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TrustBundle Parse(ReadOnlySpan<byte> data, TrustBundleOptions? options = null) =>
        TryParse(data, options, out TrustBundle? bundle, out TrustBundleError error) ? bundle : throw new FormatException(error.ToString());

    /// <summary>Reads a bundle from a file, once.</summary>
    /// <exception cref="InvalidDataException">The content of the file cannot be read. The message gives the path, the reason and the
    /// position.</exception>
    public static TrustBundle LoadFile(string file, TrustBundleOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        byte[] data = BoundedFile.Read(file, TrustBundleParser.MaxBytes);
        return TryParse(data, options, out TrustBundle? bundle, out TrustBundleError error)
            ? bundle
            : throw new InvalidDataException($"The trust bundle '{file}' cannot be loaded. {error}");
    }

    /// <summary>What an operator should know, by the clock's present time and the certificates verified so far: see
    /// <see cref="TrustWarningKind"/>.</summary>
    public ImmutableArray<TrustWarning> GetWarnings() =>
        [.. TrustWarnings.Find(Anchors, _options), .. RevokedAnchors.Select(a => new TrustWarning(TrustWarningKind.Revoked, a))];

    /// <summary>Decides whether a peer's certificate is from a CA of this bundle. Never throws for what a peer sent.</summary>
    /// <param name="leaf">The peer's certificate, DER.</param>
    /// <param name="intermediates">The other certificates that it sent, DER, in any order; those that can't be read are passed over.</param>
    /// <param name="verified">The verified certificate, or null.</param>
    /// <param name="rejection">Why not, or null.</param>
    public bool TryVerify(
        ReadOnlySpan<byte> leaf,
        ReadOnlySpan<ReadOnlyMemory<byte>> intermediates,
        [NotNullWhen(true)] out VerifiedCertificate? verified,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        verified = null;
        int count = intermediates.Length + 1;
        if (leaf.Length > CertificateReader.MaxBytes || count > MaxPeerCertificates)
        {
            int length = leaf.Length;
            rejection = new(RejectionReason.CertificateTooLarge, () => new(
                $"at most {MaxPeerCertificates} certificates, the leaf at most {CertificateReader.MaxBytes} octets",
                $"{count} certificates, the leaf {length} octets"));
            return false;
        }

        DateTimeOffset now = GetCurrentSecond();
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

    /// <summary>Decides again about a certificate that this bundle, or one that it replaced, accepted before, with what the peer sent
    /// then.</summary>
    /// <param name="known">A certificate that a bundle verified: one that has a path.</param>
    /// <param name="verified">The same certificate where nothing changed, another with the path of now, or null.</param>
    /// <param name="rejection">Why not, or null.</param>
    internal bool TryReverify(
        VerifiedCertificate known, [NotNullWhen(true)] out VerifiedCertificate? verified, [NotNullWhen(false)] out Rejection? rejection)
    {
        PathEvidence path = known.Path!;
        if (!ReferenceEquals(path.VerifiedBy, _identity) || !path.HoldsAt(GetCurrentSecond()))
            return TryVerify(known.Certificate!.Der.Span, path.Sent, out verified, out rejection);

        (verified, rejection) = (known, null);
        return true;
    }

    /// <summary>Returns this bundle with the revocation lists that it must keep of the bundle in use: see
    /// <see cref="RevocationListSuccession"/>.</summary>
    /// <param name="inUse">The bundle that this one replaces; this bundle itself, to drop the kept lists that are no longer needed.</param>
    /// <returns>This instance if its lists stay the same.</returns>
    internal TrustBundle KeepRevocationListsOf(TrustBundle inUse)
    {
        IReadOnlyList<RevocationList> lists = RevocationListSuccession.Merge(
            RevocationLists, inUse.RevocationLists, Anchors.Concat(inUse.Anchors).Select(a => a.Issuer), GetCurrentSecond());
        return lists.SequenceEqual(RevocationLists) ? this : new(Anchors, lists, _options);
    }

    /// <summary>Describes the revocation lists at the present time.</summary>
    internal RevocationListReport ReportRevocationLists() => new(this, _options, GetCurrentSecond());

    /// <summary>This bundle, where it is for that purpose.</summary>
    /// <exception cref="InvalidOperationException">It is for another: a mistake of the host, whose source gave another bundle before.</exception>
    internal TrustBundle EnsurePurpose(CertificatePurpose purpose) =>
        Purpose == purpose ? this : throw new InvalidOperationException($"The trust bundle is for {Purpose}, where one for {purpose} must be.");

    private static ImmutableArray<TrustAnchor> ToAnchors(IEnumerable<ParsedCertificate> certificates) =>
        [.. certificates.DistinctBy(c => c.Der.ToArray(), ByteArrayComparer.Instance).Select(c => new TrustAnchor(c))];

    private ChainOutcome Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates, DateTimeOffset now)
    {
        ValidityWindow rejectionWindow = ChainCache.GetRejectionWindow(now);
        if (!ParsedCertificate.TryParse(leaf, out ParsedCertificate? certificate, out CertificateError error))
            return new(null, new(RejectionReason.CertificateMalformed, () => new("one DER-encoded certificate", error.ToString())), rejectionWindow, true);

        VerificationTime time = new(now);
        RevocationChecker revocation = new(RevocationLists, _options, time);
        List<PathCertificate> sent = Read(intermediates);
        PathSearch search = new(_index, sent, new(_options, time), revocation, _options.MaxIntermediates);
        if (!search.TryFind(certificate, out VerifiedPath? path, out Rejection? rejection))
            return new(null, rejection, rejectionWindow.Narrow(now, time.HoldsUntil), true);

        foreach (PathCertificate intermediate in path.Intermediates)
            _knownIntermediates.Set(intermediate.Certificate.Sha256.ToArray(), intermediate);

        // Beside the path a client sends its root, at most: one that sends anything else could fill the memory with the same login.
        bool isMinimal = intermediates.Length <= path.Intermediates.Count + 1;
        PathEvidence evidence = CreateEvidence(certificate, path, sent);
        VerifiedCertificate verified = new(certificate, path.Anchor.Sha256, path.Intermediates.Count, evidence)
        {
            HasAmbiguousIssuer = _index.NoteAmbiguity(certificate, path),
        };
        return new(verified, null, path.Window, isMinimal);
    }

    private PathEvidence CreateEvidence(ParsedCertificate leaf, VerifiedPath path, List<PathCertificate> sent)
    {
        int sentBytes = leaf.Der.Length + sent.Sum(certificate => certificate.Certificate.Der.Length);
        IReadOnlyList<PathCertificate> kept = sentBytes <= PathEvidence.MaxSentBytes ? sent : path.Intermediates;
        IEnumerable<ParsedCertificate> all = [leaf, .. path.Intermediates.Select(intermediate => intermediate.Certificate), path.Anchor];
        return new()
        {
            NotAfter = all.Min(certificate => certificate.NotAfter),
            HoldsFrom = path.Window.From,
            HoldsUntil = path.Window.Until,
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

    // Validities are to the second, and their last second counts.
    private DateTimeOffset GetCurrentSecond()
    {
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
