using System.Collections.Immutable;
using CertAuth.Certificates;

namespace CertAuth.Signing;

/// <summary>The certificates with which signatures are verified while signing keys are rotated: the newest one, and those that were
/// replaced a short time ago.</summary>
/// <remarks>A replaced certificate is kept for 15 minutes, measured by the monotonic clock; at most 4 are kept. Each certificate is
/// accepted until 30 seconds after it expires by the wall clock, unless it is revoked. Immutable, but <see cref="Accepted"/> changes as
/// time passes; safe for concurrent use; there is nothing to dispose.</remarks>
public sealed class SigningCertificateRing
{
    private readonly TimeProvider _clock;
    private readonly SigningCertificate _newest;
    private readonly bool _isNewestRevoked;

    // In order of their replacement, the latest first.
    private readonly ImmutableArray<Replaced> _replaced;

    // The SHA-256 of each revoked certificate. For a certificate that the ring has contained, also its public key, because a renewed
    // certificate may have the same key.
    private readonly ImmutableHashSet<byte[]> _revoked;

    private SigningCertificateRing(
        TimeProvider clock, SigningCertificate newest, IEnumerable<Replaced> replaced, ImmutableHashSet<byte[]> revoked)
    {
        (_clock, _newest, _revoked) = (clock, newest, revoked);

        // Computed once for each ring, not at each login.
        _isNewestRevoked = IsRevoked(newest);
        _replaced = [.. replaced.Select(r => r with { IsRevoked = IsRevoked(r.Certificate) })];
    }

    /// <summary>Gets the certificates that are accepted at the present time, the newest first. Empty if all are revoked or have
    /// expired.</summary>
    public ImmutableArray<SigningCertificate> Accepted =>
    [
        .. IsNewestAccepted ? [_newest] : Enumerable.Empty<SigningCertificate>(),
        .. _replaced.Where(IsAccepted).Select(r => r.Certificate),
    ];

    /// <summary>Gets the newest certificate, even if it has expired or is revoked.</summary>
    public SigningCertificate Newest => _newest;

    /// <summary>Creates a ring of one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="options">The options; null for the defaults. The clock decides about expirations and measures the 15 minutes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is null.</exception>
    public static SigningCertificateRing Create(SigningCertificate certificate, SigningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(SigningOptions.GetClock(options), certificate, [], ImmutableHashSet.Create<byte[]>(ByteArrayComparer.Instance));
    }

    /// <summary>Returns a ring in which a certificate replaces the newest one at the present time; the same ring if it is already the
    /// newest.</summary>
    internal SigningCertificateRing ReplaceNewest(SigningCertificate certificate)
    {
        if (AreEqual(certificate, _newest))
            return this;

        IEnumerable<Replaced> kept = _replaced.Where(r => IsRetained(r) && !AreEqual(r.Certificate, certificate));
        ImmutableHashSet<byte[]> revoked = IsRevoked(certificate) ? _revoked.Add(GetPublicKey(certificate)) : _revoked;
        Replaced replaced = new(_newest, _clock.GetTimestamp(), _isNewestRevoked);
        return new(_clock, certificate, kept.Prepend(replaced).Take(SigningBounds.MaxRetained), revoked);
    }

    /// <summary>Returns a ring in which a certificate and its public key are revoked, whether it is the newest, was replaced, or is added
    /// later.</summary>
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

    /// <summary>Finds the accepted certificate whose key made the signature, trying the newest first; null if there is none.</summary>
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

    private bool IsRetained(Replaced replaced) => _clock.GetElapsedTime(replaced.ReplacedAt) <= SigningBounds.Retention;

    private bool IsNewestAccepted => !_isNewestRevoked && IsUnexpired(_newest);

    private bool IsAccepted(Replaced replaced) => !replaced.IsRevoked && IsRetained(replaced) && IsUnexpired(replaced.Certificate);

    private bool IsUnexpired(SigningCertificate certificate) =>
        !ValidityPeriod.HasEnded(certificate.Certificate.NotAfter, _clock.GetUtcNow(), SigningBounds.ExpirySkew);

    private bool IsRevoked(SigningCertificate certificate) =>
        _revoked.Contains(certificate.Certificate.Sha256.ToArray()) || _revoked.Contains(GetPublicKey(certificate));

    private static byte[] GetPublicKey(SigningCertificate certificate) =>
        certificate.Certificate.SubjectPublicKeyInfo.ToArray();

    private static bool AreEqual(SigningCertificate first, SigningCertificate second) =>
        first.Certificate.Sha256.Span.SequenceEqual(second.Certificate.Sha256.Span);

    /// <summary>A replaced certificate.</summary>
    /// <param name="Certificate">The certificate.</param>
    /// <param name="ReplacedAt">The timestamp of the replacement.</param>
    /// <param name="IsRevoked">Whether the certificate or its public key is revoked.</param>
    private readonly record struct Replaced(SigningCertificate Certificate, long ReplacedAt, bool IsRevoked);
}
