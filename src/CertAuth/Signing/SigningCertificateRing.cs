using System.Collections.Immutable;

namespace CertAuth.Signing;

/// <summary>The certificates with which signatures are verified while signing keys are rotated: the newest, and those that it replaced shortly
/// before.</summary>
/// <remarks>A certificate that was replaced is kept for 15 minutes after the replacement, on the monotonic clock; at most 4 are kept. None is accepted
/// when it has been expired for over 30 seconds by the wall clock, or when it was revoked. Immutable but for the passing of time; safe for concurrent use; nothing to
/// dispose.</remarks>
public sealed class SigningCertificateRing
{
    /// <summary>Most certificates that are kept beside the newest.</summary>
    internal const int MaxRetained = 4;

    /// <summary>For how long a certificate is kept after it was replaced, the end included.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromMinutes(15);

    /// <summary>For how long a certificate is accepted after its last second: clocks differ.</summary>
    internal static readonly TimeSpan ExpirySkew = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private readonly SigningCertificate _newest;
    private readonly bool _isNewestRevoked;

    // The last replaced first.
    private readonly ImmutableArray<Replaced> _replaced;

    // SHA-256 of certificates, and the public keys of those of them that were seen: a certificate may be renewed with its key.
    private readonly ImmutableHashSet<byte[]> _revoked;

    private SigningCertificateRing(
        TimeProvider clock, SigningCertificate newest, IEnumerable<Replaced> replaced, ImmutableHashSet<byte[]> revoked)
    {
        (_clock, _newest, _revoked) = (clock, newest, revoked);

        // Once for each ring, not at each login.
        _isNewestRevoked = IsRevoked(newest);
        _replaced = [.. replaced.Select(r => r with { IsRevoked = IsRevoked(r.Certificate) })];
    }

    /// <summary>The certificates that are accepted now, the newest first; none where all are revoked or expired.</summary>
    public ImmutableArray<SigningCertificate> Accepted =>
        [.. IsNewestAccepted ? [_newest] : Enumerable.Empty<SigningCertificate>(), .. _replaced.Where(IsAccepted).Select(r => r.Certificate)];

    /// <summary>The certificate that replaced all others, be it expired or revoked.</summary>
    public SigningCertificate Newest => _newest;

    /// <summary>Creates a ring of one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="options">The options; null for the defaults. The clock measures the expiry and the 15 minutes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is null.</exception>
    public static SigningCertificateRing Create(SigningCertificate certificate, SigningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(SigningOptions.GetClock(options), certificate, [], ImmutableHashSet.Create<byte[]>(ByteArrayComparer.Instance));
    }

    /// <summary>The ring after a certificate came in place of the newest, now; the same ring where it is the newest already.</summary>
    internal SigningCertificateRing ReplaceNewest(SigningCertificate certificate)
    {
        if (AreSame(certificate, _newest))
            return this;

        IEnumerable<Replaced> kept = _replaced.Where(r => IsRetained(r) && !AreSame(r.Certificate, certificate));
        ImmutableHashSet<byte[]> revoked = IsRevoked(certificate) ? _revoked.Add(GetPublicKey(certificate)) : _revoked;
        return new(_clock, certificate, kept.Prepend(new(_newest, _clock.GetTimestamp(), _isNewestRevoked)).Take(MaxRetained), revoked);
    }

    /// <summary>The ring without a certificate and its key, whether it is kept, the newest, or comes again.</summary>
    internal SigningCertificateRing Revoke(ReadOnlySpan<byte> sha256)
    {
        ImmutableHashSet<byte[]> revoked = _revoked.Add(sha256.ToArray());
        foreach (SigningCertificate known in _replaced.Select(r => r.Certificate).Prepend(_newest))
        {
            if (known.Certificate.Sha256.Span.SequenceEqual(sha256))
                revoked = revoked.Add(GetPublicKey(known));
        }

        return new(_clock, _newest, _replaced, revoked);
    }

    /// <summary>The certificate whose key made the signature, the newest tried first; null where none of those that are accepted did.</summary>
    internal SigningCertificate? FindSigner(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (IsNewestAccepted && _newest.Verify(data, signature))
            return _newest;

        foreach (Replaced replaced in _replaced)
        {
            if (IsAccepted(replaced) && replaced.Certificate.Verify(data, signature))
                return replaced.Certificate;
        }

        return null;
    }

    private bool IsRetained(Replaced replaced) => _clock.GetElapsedTime(replaced.ReplacedAt) <= Retention;

    private bool IsNewestAccepted => !_isNewestRevoked && IsUnexpired(_newest);

    private bool IsAccepted(Replaced replaced) => !replaced.IsRevoked && IsRetained(replaced) && IsUnexpired(replaced.Certificate);

    private bool IsUnexpired(SigningCertificate certificate) =>
        _clock.GetUtcNow() - certificate.Certificate.NotAfter < TimeSpan.FromSeconds(1) + ExpirySkew;

    private bool IsRevoked(SigningCertificate certificate) =>
        _revoked.Contains(certificate.Certificate.Sha256.ToArray()) || _revoked.Contains(GetPublicKey(certificate));

    private static byte[] GetPublicKey(SigningCertificate certificate) =>
        certificate.Certificate.Fields.PublicKey.Slice(certificate.Certificate.Der.Span).ToArray();

    private static bool AreSame(SigningCertificate one, SigningCertificate other) =>
        one.Certificate.Sha256.Span.SequenceEqual(other.Certificate.Sha256.Span);

    /// <summary>A certificate, the monotonic timestamp at which it was replaced, and whether it is revoked.</summary>
    private readonly record struct Replaced(SigningCertificate Certificate, long ReplacedAt, bool IsRevoked);
}
