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

    // Intermediates of paths that were good: parsed and their keys imported once, for all clients of theirs.
    private readonly BoundedCache<PathCertificate> _knownIntermediates = new(MaxKnownIntermediates);

    private TrustBundle(
        IReadOnlyList<ClientCertificate> certificates, IReadOnlyList<RevocationList> revocationLists, TrustBundleOptions options)
    {
        // What the lists were read from isn't needed any more.
        _options = options with { RevocationLists = [] };
        RevocationLists = revocationLists;
        Anchors = [.. certificates.DistinctBy(c => c.Der.ToArray(), OctetComparer.Instance).Select(c => new TrustAnchor(c))];

        // A certificate of the bundle is revoked like any other: by a list of a CA of the bundle that issued it.
        RevokedAnchors = [.. Anchors.Where(IsRevoked)];
        _index = new([.. Anchors.Except(RevokedAnchors).Select(a => a.Issuer)]);
    }

    /// <summary>What the certificates that it verifies are for.</summary>
    public CertificatePurpose Purpose => _options.Purpose;

    /// <summary>The certificates, in the order of the file, each once.</summary>
    public ImmutableArray<TrustAnchor> Anchors { get; }

    /// <summary>The certificates of the bundle that one of its revocation lists revokes: they are trusted for nothing.</summary>
    internal ImmutableArray<TrustAnchor> RevokedAnchors { get; }

    internal IReadOnlyList<RevocationList> RevocationLists { get; }

    /// <summary>The certificates of the bundle that may issue: pinned leaves and revoked ones left out.</summary>
    internal IEnumerable<TrustAnchor> IssuingAnchors => Anchors.Except(RevokedAnchors)
        .Where(a => a.Certificate.Fields.Extensions.IsCa || CertificateRules.IsVersion1Root(a.Certificate, _options));

    /// <summary>Loads a bundle from PEM (one or more blocks), DER or PKCS#7. All of its certificates can be read, or it is an error.</summary>
    /// <param name="data">At most 16 MiB and 10,000 certificates.</param>
    /// <param name="options">How to verify; null for the defaults.</param>
    /// <param name="bundle">The bundle, or null.</param>
    /// <param name="error">What is wrong, and in which block; no error on success.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static bool TryLoad(
        ReadOnlySpan<byte> data, TrustBundleOptions? options, [NotNullWhen(true)] out TrustBundle? bundle, out TrustBundleError error)
    {
        options ??= new();
        options.ThrowIfInvalid();
        IReadOnlyList<ClientCertificate> certificates = BundleReader.Read(data, out error);
        IReadOnlyList<RevocationList> lists = [];
        if (error.Kind == TrustBundleErrorKind.None)
            lists = RevocationListFiles.Read(options.RevocationLists.AsEnumerable(), out error);
        bundle = error.Kind == TrustBundleErrorKind.None ? new(certificates, lists, options) : null;
        return bundle is not null;
    }

    /// <summary>Loads a bundle, as <see cref="TryLoad"/> does.</summary>
    /// <exception cref="FormatException">The bundle can't be read; the message says why and where.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TrustBundle Load(ReadOnlySpan<byte> data, TrustBundleOptions? options = null) =>
        TryLoad(data, options, out TrustBundle? bundle, out TrustBundleError error) ? bundle : throw new FormatException(error.ToString());

    /// <summary>What an operator should know, by the clock's present time and the certificates verified so far: see
    /// <see cref="TrustWarningKind"/>.</summary>
    public ImmutableArray<TrustWarning> GetWarnings() =>
        [.. TrustWarnings.Find(Anchors, _options), .. RevokedAnchors.Select(a => new TrustWarning(TrustWarningKind.Revoked, a))];

    /// <summary>Decides whether a peer's certificate is from a CA of this bundle. Never throws for what a peer sent.</summary>
    /// <param name="leaf">The peer's certificate, DER.</param>
    /// <param name="intermediates">The other certificates that it sent, DER, in any order; those that can't be read are passed over.</param>
    /// <param name="verified">The verified certificate, or null.</param>
    /// <param name="refusal">Why not, or null.</param>
    public bool TryVerify(
        ReadOnlySpan<byte> leaf,
        ReadOnlySpan<ReadOnlyMemory<byte>> intermediates,
        [NotNullWhen(true)] out VerifiedCertificate? verified,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        verified = null;
        int count = intermediates.Length + 1;
        if (leaf.Length > CertificateReader.MaxOctets || count > MaxPeerCertificates)
        {
            int length = leaf.Length;
            refusal = new(FailureReason.CertificateTooLarge, () => new(
                $"at most {MaxPeerCertificates} certificates, the leaf at most {CertificateReader.MaxOctets} octets",
                $"{count} certificates, the leaf {length} octets"));
            return false;
        }

        DateTimeOffset now = Now();
        byte[] key = ChainCache.KeyOf(leaf, intermediates);
        ChainOutcome? outcome = _outcomes.Find(key, now);
        if (outcome is null)
        {
            outcome = Verify(leaf, intermediates, now);
            if (outcome.IsWorthRemembering && ChainCache.Holds(leaf, intermediates))
                _outcomes.Add(key, outcome);
        }

        verified = outcome.Verified;
        refusal = outcome.Refusal;
        return verified is not null;
    }

    /// <summary>This bundle, where it is for that purpose.</summary>
    /// <exception cref="InvalidOperationException">It is for another: a mistake of the host, whose source gave another bundle before.</exception>
    internal TrustBundle For(CertificatePurpose purpose) =>
        Purpose == purpose ? this : throw new InvalidOperationException($"The trust bundle is for {Purpose}, where one for {purpose} must be.");

    private bool IsRevoked(TrustAnchor anchor) => RevocationLists.Any(list =>
        list.TryFind(anchor.Certificate.SerialNumber.Span, out _)
        && Anchors.Any(issuer => anchor.Issuer.NamesAsIssuer(issuer.Issuer) && list.IsOf(issuer.Issuer)));

    private ChainOutcome Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates, DateTimeOffset now)
    {
        ValidityWindow shortly = ChainCache.Shortly(now);
        if (!ClientCertificate.TryRead(leaf, out ClientCertificate? certificate, out CertificateError error))
            return new(null, new(FailureReason.CertificateMalformed, () => new("one DER-encoded certificate", error.ToString())), shortly, true);

        RevocationChecker revocation = new(RevocationLists, _options, now);
        PathSearch search = new(_index, Read(intermediates), new(_options, now), revocation, _options.MaxIntermediates);
        if (!search.TryFind(certificate, out VerifiedPath? path, out Refusal? refusal))
            return new(null, refusal, shortly, true);

        foreach (PathCertificate intermediate in path.Intermediates)
            _knownIntermediates.Set(intermediate.Certificate.Sha256.ToArray(), intermediate);

        // Beside the path a client sends its root, at most: one that sends anything else could fill the memory with the same login.
        bool isPlain = intermediates.Length <= path.Intermediates.Count + 1;
        VerifiedCertificate verified = new(certificate, path.Anchor.Sha256, path.Intermediates.Count)
        {
            HasAmbiguousIssuer = _index.NoteAmbiguity(certificate, path),
        };
        return new(verified, null, path.Window, isPlain);
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
            else if (ClientCertificate.TryRead(der.Span, out ClientCertificate? certificate, out _))
                read.Add(new(certificate));
        }

        return read;
    }

    // Validities are to the second, and their last second counts.
    private DateTimeOffset Now()
    {
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
