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
    private const int Version = 1;

    /// <summary>The maximum lifetime of an info, in seconds.</summary>
    internal const int MaxLifetimeSeconds = 300;

    private const int SkewSeconds = 30;

    /// <summary>Returns the rejection of the first check that fails; null if the info is accepted.</summary>
    internal static Rejection? Check(in CertInfoMembers info, ReadOnlySpan<char> user, ReadOnlySpan<byte> challenge, DateTimeOffset now)
    {
        long version = info.GetInteger(CertInfoMember.Version);
        if (version != Version)
            return Reject(RejectionReason.ForwardedInfoVersionNotSupported, $"version {Version}", $"{version}");

        return CheckTimes(info.GetInteger(CertInfoMember.IssuedAt), info.GetInteger(CertInfoMember.Expires), now)
            ?? CheckUser(info.GetText(CertInfoMember.User), user)
            ?? CheckChallenge(info.GetText(CertInfoMember.Nonce), challenge);
    }

    // 0 < exp - iat <= 300; iat - 30 s <= now <= exp + 30 s.
    private static Rejection? CheckTimes(long issuedAt, long expires, DateTimeOffset now)
    {
        long lifetime = expires - issuedAt;
        if (lifetime is <= 0 or > MaxLifetimeSeconds)
            return Reject(RejectionReason.ForwardedInfoBadLifetime, $"from 1 to {MaxLifetimeSeconds} seconds", $"{lifetime} seconds");

        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        if (ticks < (issuedAt - SkewSeconds) * TimeSpan.TicksPerSecond)
        {
            string required = $"iat at or before {now:O} plus {SkewSeconds} seconds";
            return Reject(RejectionReason.ForwardedInfoIssuedInFuture, required, FormatTime(issuedAt));
        }

        return ticks > (expires + SkewSeconds) * TimeSpan.TicksPerSecond
            ? Reject(RejectionReason.ForwardedInfoExpired, $"exp at or after {now:O} minus {SkewSeconds} seconds", FormatTime(expires))
            : null;
    }

    // The comparison is ordinal. A user name with an unpaired surrogate has no UTF-8 form and equals no presented name.
    private static Rejection? CheckUser(ReadOnlySpan<byte> presented, ReadOnlySpan<char> user) =>
        StrictUtf8.AreEqual(presented, user) ? null : RejectUser(presented, user);

    private static Rejection? CheckChallenge(ReadOnlySpan<byte> presented, ReadOnlySpan<byte> challenge)
    {
        Span<byte> nonce = stackalloc byte[CertInfoToken.MaxChallengeBytes];
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
