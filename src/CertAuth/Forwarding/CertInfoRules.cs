using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>The rules that bind an info to a version, a time, a user and a connection, in the order of the specification.</summary>
internal static class CertInfoRules
{
    private const int Version = 1;

    /// <summary>Longest time in seconds for which an info may be valid.</summary>
    internal const int MaxLifetimeSeconds = 300;

    private const int SkewSeconds = 30;

    /// <summary>The first rule that is broken; null where none is.</summary>
    internal static Refusal? Check(in CertInfoMembers info, ReadOnlySpan<char> user, ReadOnlySpan<byte> challenge, DateTimeOffset now)
    {
        long version = info.Integer(CertInfoMember.Version);
        if (version != Version)
            return Refuse(FailureReason.ForwardedVersionRefused, $"version {Version}", $"{version}");

        return CheckTimes(info.Integer(CertInfoMember.IssuedAt), info.Integer(CertInfoMember.Expires), now)
            ?? CheckUser(info.Text(CertInfoMember.User), user)
            ?? CheckChallenge(info.Text(CertInfoMember.Nonce), challenge);
    }

    // 0 < exp - iat <= 300; iat - 30 s <= now <= exp + 30 s.
    private static Refusal? CheckTimes(long issuedAt, long expires, DateTimeOffset now)
    {
        long lifetime = expires - issuedAt;
        if (lifetime is <= 0 or > MaxLifetimeSeconds)
            return Refuse(FailureReason.ForwardedBadLifetime, $"from 1 to {MaxLifetimeSeconds} seconds", $"{lifetime} seconds");

        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        if (ticks < (issuedAt - SkewSeconds) * TimeSpan.TicksPerSecond)
            return Refuse(FailureReason.ForwardedIssuedInFuture, $"issued by {now:O} + {SkewSeconds} s", Show(issuedAt));
        return ticks > (expires + SkewSeconds) * TimeSpan.TicksPerSecond
            ? Refuse(FailureReason.ForwardedExpired, $"valid at {now:O} - {SkewSeconds} s", Show(expires))
            : null;
    }

    // Ordinal. A lone surrogate has no UTF-8, and equals nothing.
    private static Refusal? CheckUser(ReadOnlySpan<byte> presented, ReadOnlySpan<char> user)
    {
        if (user.Length > presented.Length)
            return RefuseUser(presented, user);

        byte[] utf8 = ArrayPool<byte>.Shared.Rent(presented.Length);
        bool isSame = Utf8.FromUtf16(user, utf8.AsSpan(0, presented.Length), out _, out int length, replaceInvalidSequences: false)
            == OperationStatus.Done && presented.SequenceEqual(utf8.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(utf8);
        return isSame ? null : RefuseUser(presented, user);
    }

    private static Refusal? CheckChallenge(ReadOnlySpan<byte> presented, ReadOnlySpan<byte> challenge)
    {
        Span<byte> nonce = stackalloc byte[CertInfoToken.MaxChallengeOctets];
        bool isNonce = StrictBase64Url.TryDecode(presented, nonce, out int length) && CertInfoToken.IsChallenge(nonce[..length]);
        return isNonce && CryptographicOperations.FixedTimeEquals(nonce[..length], challenge)
            ? null
            : Refuse(FailureReason.ForwardedChallengeMismatch, "the challenge of this connection", isNonce ? "another" : "a malformed nonce");
    }

    private static Refusal RefuseUser(ReadOnlySpan<byte> presented, ReadOnlySpan<char> user) =>
        Refuse(FailureReason.ForwardedUserMismatch, user.ToString(), System.Text.Encoding.UTF8.GetString(presented));

    private static Refusal Refuse(FailureReason reason, string required, string presented) => new(reason, required, presented);

    private static string Show(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("O", CultureInfo.InvariantCulture);
}
