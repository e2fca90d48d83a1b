using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>Checks that an info has the supported version and is for this time, user and connection.</summary>
/// <remarks>The order of the checks is fixed, because the first check that fails determines the reason
/// (docs/forwarding-format.md).</remarks>
internal static class CertInfoRules
{
    /// <summary>Returns the rejection of the first check that fails; null if the info is accepted.</summary>
    internal static Rejection? Check(in CertInfo info, ReadOnlySpan<char> user, ReadOnlySpan<byte> challenge, DateTimeOffset now)
    {
        long version = info.Get(CertInfoMembers.Version);
        if (version != CertInfoMembers.SupportedVersion)
        {
            return Reject(
                RejectionReason.ForwardedInfoVersionNotSupported, $"version {CertInfoMembers.SupportedVersion}", $"{version}");
        }

        return CheckTimes(info.Get(CertInfoMembers.IssuedAt), info.Get(CertInfoMembers.Expires), now)
            ?? CheckUser(info.Get(CertInfoMembers.User), user)
            ?? CheckChallenge(info.Get(CertInfoMembers.Nonce), challenge);
    }

    // 0 < exp - iat <= 300; iat - 30 s <= now <= exp + 30 s.
    private static Rejection? CheckTimes(long issuedAt, long expires, DateTimeOffset now)
    {
        long lifetime = expires - issuedAt;
        if (lifetime is <= 0 or > ForwardingBounds.MaxLifetimeSeconds)
        {
            string required = $"from 1 to {ForwardingBounds.MaxLifetimeSeconds} seconds";
            return Reject(RejectionReason.ForwardedInfoBadLifetime, required, $"{lifetime} seconds");
        }

        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        if (ticks < (issuedAt - ForwardingBounds.SkewSeconds) * TimeSpan.TicksPerSecond)
        {
            string required = $"iat at or before {now:O} plus {ForwardingBounds.SkewSeconds} seconds";
            return Reject(RejectionReason.ForwardedInfoIssuedInFuture, required, FormatTime(issuedAt));
        }

        if (ticks > (expires + ForwardingBounds.SkewSeconds) * TimeSpan.TicksPerSecond)
        {
            string required = $"exp at or after {now:O} minus {ForwardingBounds.SkewSeconds} seconds";
            return Reject(RejectionReason.ForwardedInfoExpired, required, FormatTime(expires));
        }

        return null;
    }

    // The comparison is ordinal. A user name with an unpaired surrogate has no UTF-8 form and equals no presented name.
    private static Rejection? CheckUser(ReadOnlySpan<byte> presented, ReadOnlySpan<char> user) =>
        StrictUtf8.AreEqual(presented, user) ? null : RejectUser(presented, user);

    private static Rejection? CheckChallenge(ReadOnlySpan<byte> presented, ReadOnlySpan<byte> challenge)
    {
        Span<byte> nonce = stackalloc byte[ForwardingBounds.MaxChallengeBytes];
        bool isNonce = StrictBase64Url.TryDecode(presented, nonce, out int length) && CertInfoToken.IsChallenge(nonce[..length]);
        return isNonce && CryptographicOperations.FixedTimeEquals(nonce[..length], challenge)
            ? null
            : Reject(
                RejectionReason.ForwardedInfoChallengeMismatch,
                "the challenge of this connection",
                isNonce ? "another challenge" : "a malformed nonce");
    }

    private static Rejection RejectUser(ReadOnlySpan<byte> presented, ReadOnlySpan<char> user) =>
        Reject(RejectionReason.ForwardedInfoUserMismatch, user.ToString(), Encoding.UTF8.GetString(presented));

    private static Rejection Reject(RejectionReason reason, string required, string presented) => new(reason, required, presented);

    private static string FormatTime(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("O", CultureInfo.InvariantCulture);
}
