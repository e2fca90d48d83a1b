using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Json;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Verifies a signed token in JWS Compact Serialization (RFC 7515, 7.1) against a key set, whatever its payload is.</summary>
/// <remarks>It verifies and nothing else: no encryption, no <c>none</c>, no HMAC, no key from the token. Safe for concurrent use.</remarks>
public sealed class JwsVerifier
{
    private const byte Dot = (byte)'.';

    // The longest signature is that of RSA with 8192 bits.
    private const int MaxSignatureBytes = 1024;
    private const int StackBytes = 256;

    private readonly int _maxTokenLength;
    private readonly int _allowedAlgorithms;

    /// <summary>A verifier with these options.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names all of them.</exception>
    public JwsVerifier(JwsOptions? options = null)
    {
        options ??= new();
        string[] problems = [.. options.FindProblems()];
        if (problems.Length > 0)
            throw new ArgumentException($"{nameof(JwsOptions)}: {string.Join(' ', problems)}");

        _maxTokenLength = options.MaxTokenLength;
        _allowedAlgorithms = options.Algorithms.Aggregate(0, (bits, algorithm) => bits | (1 << (int)algorithm));
    }

    /// <summary>Octets that a payload of the longest token can have: the room that <see cref="TryVerify"/> needs.</summary>
    public int MaxPayloadLength => StrictBase64Url.GetDecodedLength(_maxTokenLength);

    /// <summary>Verifies a token. Allocates nothing when it is good and signed with RSA, the first use of a key and
    /// objects of more than 16 members aside.</summary>
    /// <param name="token">The token in ASCII: three parts of base64url joined by dots, nothing before or after.</param>
    /// <param name="keys">The keys; exactly that of the token's <c>kid</c> is tried.</param>
    /// <param name="payload">Where the payload goes; see <see cref="MaxPayloadLength"/>. What is written there on a refusal means nothing.</param>
    /// <param name="payloadLength">Octets of the payload; 0 on a refusal.</param>
    /// <param name="rejection">Why not, or null.</param>
    /// <exception cref="ArgumentException">The payload has no room, and the token isn't too long.</exception>
    public bool TryVerify(
        ReadOnlySpan<byte> token, TokenKeySet keys, Span<byte> payload, out int payloadLength, [NotNullWhen(false)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(keys);
        payloadLength = 0;
        if (token.Length > _maxTokenLength)
        {
            rejection = RejectLength(token.Length, _maxTokenLength);
            return false;
        }

        int first = token.IndexOf(Dot);
        int second = first < 0 ? -1 : token[(first + 1)..].IndexOf(Dot) + first + 1;
        if (second <= first || first == 0 || second == token.Length - 1 || token[(second + 1)..].Contains(Dot))
        {
            rejection = RejectParts(token);
            return false;
        }

        rejection = Verify(new(token, first, second), keys, payload, out payloadLength);
        return rejection is null;
    }

    private Rejection? Verify(JwsParts parts, TokenKeySet keys, Span<byte> payload, out int payloadLength)
    {
        payloadLength = 0;
        if (!StrictBase64Url.IsValid(parts.Header))
            return RejectBase64("a header that is not");
        if (!StrictBase64Url.IsValid(parts.Payload))
            return RejectBase64("a payload that is not");
        if (!StrictBase64Url.IsValid(parts.Signature))
            return RejectBase64("a signature that is not");

        Rejection? rejection = ReadHeader(parts.Header, keys, out TokenKey? key, out SignatureAlgorithmInfo? algorithm);
        if (rejection is not null)
            return rejection;

        // A signature that is longer than any verifies nothing.
        Span<byte> signature = stackalloc byte[MaxSignatureBytes];
        bool isSigned = StrictBase64Url.GetDecodedLength(parts.Signature.Length) <= MaxSignatureBytes
            && StrictBase64Url.TryDecode(parts.Signature, signature, out int signatureLength)
            && key!.Verify(parts.Signed, signature[..signatureLength], algorithm!);
        if (!isSigned)
            return RejectSignature(key!);

        StrictBase64Url.TryDecode(parts.Payload, EnsurePayloadFits(payload, parts.Payload.Length), out payloadLength);
        return null;
    }

    private Rejection? ReadHeader(ReadOnlySpan<byte> encoded, TokenKeySet keys, out TokenKey? key, out SignatureAlgorithmInfo? algorithm)
    {
        byte[]? rented = null;
        int bytes = StrictBase64Url.GetDecodedLength(encoded.Length);
        Span<byte> header = bytes <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(bytes);
        StrictBase64Url.TryDecode(encoded, header, out int length);
        Rejection? rejection = CheckHeader(header[..length], keys, out key, out algorithm);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return rejection;
    }

    private Rejection? CheckHeader(ReadOnlySpan<byte> json, TokenKeySet keys, out TokenKey? key, out SignatureAlgorithmInfo? algorithm)
    {
        JwsHeader header = default;
        key = null;
        RejectionReason reason = header.Read(json, _allowedAlgorithms, out algorithm);
        if (reason != RejectionReason.None)
            return Reject(reason, header);

        key = FindKey(keys, header.KeyId.Raw);
        if (key is null)
            return RejectUnknownKey(header.KeyId.Raw, keys.Count);
        return key.Supports(algorithm!) ? null : RejectAlgorithmMismatch(algorithm!);
    }

    private static TokenKey? FindKey(TokenKeySet keys, ReadOnlySpan<byte> keyId) =>
        keyId.Contains((byte)'\\') ? FindUnescapedKey(keys, keyId) : keys.Find(keyId);

    private static TokenKey? FindUnescapedKey(TokenKeySet keys, ReadOnlySpan<byte> raw)
    {
        Span<byte> keyId = stackalloc byte[JwkReader.MaxKeyIdBytes];
        JsonText.TryUnescape(raw, keyId, out int length);
        return keys.Find(keyId[..length]);
    }

    // Each lambda stands in a method of its own: what it captures would else be allocated for every good token, too.
    private static Rejection RejectLength(int length, int limit) => new(RejectionReason.TokenTooLarge, () => new($"at most {limit} octets", $"{length}"));

    private static Rejection RejectParts(ReadOnlySpan<byte> token)
    {
        int dots = token.Count(Dot);
        string? presented = token.IsEmpty ? null : dots == 2 ? "an empty header or signature" : "another number of parts";
        return new(RejectionReason.TokenMalformed, "three parts joined by dots", presented);
    }

    private static Rejection RejectBase64(string presented) => new(RejectionReason.TokenBadBase64, "base64url without padding", presented);

    private static Rejection RejectUnknownKey(ReadOnlySpan<byte> keyId, int keys)
    {
        if (keys == 0)
            return new(RejectionReason.TokenKeysStale, "a key set that could be read lately", "a stale one");

        string unknown = ClaimRange.DescribeString(keyId);
        return new(RejectionReason.TokenKeyUnknown, () => new($"the kid of one of {keys} keys", unknown));
    }

    private static Rejection RejectAlgorithmMismatch(SignatureAlgorithmInfo algorithm) =>
        new(RejectionReason.TokenAlgorithmMismatch, () => new("an algorithm that fits the key of that kid", $"{algorithm.Algorithm}"));

    private static Rejection RejectSignature(TokenKey key) =>
        new(RejectionReason.TokenBadSignature, () => new($"a signature by the key {Encoding.UTF8.GetString(key.KeyId)}", "another"));

    private static Rejection Reject(RejectionReason reason, JwsHeader header)
    {
        RejectionDetails facts = header.DescribeRejection(reason);
        return new(reason, () => facts);
    }

    private static Span<byte> EnsurePayloadFits(Span<byte> payload, int characters)
    {
        int bytes = StrictBase64Url.GetDecodedLength(characters);
        return payload.Length >= bytes ? payload : throw new ArgumentException($"The payload needs {bytes} octets.", nameof(payload));
    }
}
