using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth.Json;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Verifies the signature of a token in JWS Compact Serialization (RFC 7515, 7.1) against a JWK set. The payload can be any
/// bytes.</summary>
/// <remarks>Encryption, the algorithm <c>none</c> and HMAC are not supported. Keys in the token are ignored. Safe for concurrent
/// use.</remarks>
public sealed class JwsVerifier
{
    private const byte Dot = (byte)'.';

    private const int StackBytes = 256;

    private readonly int _maxTokenLength;
    private readonly int _allowedAlgorithms;

    /// <summary>Initializes a verifier.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public JwsVerifier(JwsOptions? options = null)
    {
        options ??= new();
        string[] problems = [.. options.FindProblems()];
        if (problems.Length > 0)
            throw new ArgumentException($"{nameof(JwsOptions)}: {string.Join(' ', problems)}");

        _maxTokenLength = options.MaxTokenLength;
        _allowedAlgorithms = options.Algorithms.Aggregate(0, (bits, algorithm) => bits | (1 << (int)algorithm));
    }

    /// <summary>Gets the length in bytes of the buffer that <see cref="TryVerify"/> needs for the payload of any token up to the maximum
    /// length.</summary>
    public int MaxPayloadLength => StrictBase64Url.GetDecodedLength(_maxTokenLength);

    /// <summary>Verifies a token and decodes its payload.</summary>
    /// <remarks>For a valid token that is signed with RSA, nothing is allocated, except at the first use of a key and for JSON objects with
    /// more than 16 members.</remarks>
    /// <param name="token">The token in ASCII: three parts in base64url, joined by dots, without white space around it.</param>
    /// <param name="keys">The keys. Only the key with the <c>kid</c> of the token is tried.</param>
    /// <param name="payload">The buffer for the payload; see <see cref="MaxPayloadLength"/>. Its content is undefined if the token is
    /// rejected.</param>
    /// <param name="payloadLength">The length of the payload in bytes; 0 if the token is rejected.</param>
    /// <param name="rejection">The reason why the token is rejected; null on success.</param>
    /// <returns>true if the signature was verified; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">The signature was verified, but <paramref name="payload"/> is too short.</exception>
    public bool TryVerify(
        ReadOnlySpan<byte> token,
        TokenKeySet keys,
        Span<byte> payload,
        out int payloadLength,
        [NotNullWhen(false)] out Rejection? rejection)
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
            return RejectBase64("a header in another encoding");
        if (!StrictBase64Url.IsValid(parts.Payload))
            return RejectBase64("a payload in another encoding");
        if (!StrictBase64Url.IsValid(parts.Signature))
            return RejectBase64("a signature in another encoding");

        Rejection? rejection = ReadHeader(parts.Header, keys, out TokenKey? key, out SignatureScheme? scheme);
        if (rejection is not null)
            return rejection;

        // No key verifies a signature that is longer than the buffer.
        Span<byte> signature = stackalloc byte[KeyBounds.MaxSignatureBytes];
        bool isSigned = StrictBase64Url.TryDecode(parts.Signature, signature, out int signatureLength)
            && key!.Verify(parts.SigningInput, signature[..signatureLength], scheme!);
        if (!isSigned)
            return RejectSignature(key!);

        StrictBase64Url.TryDecode(parts.Payload, EnsurePayloadFits(payload, parts.Payload.Length), out payloadLength);
        return null;
    }

    private Rejection? ReadHeader(
        ReadOnlySpan<byte> encoded, TokenKeySet keys, out TokenKey? key, out SignatureScheme? scheme)
    {
        byte[]? rented = null;
        int bytes = StrictBase64Url.GetDecodedLength(encoded.Length);
        Span<byte> header = bytes <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(bytes);
        StrictBase64Url.TryDecode(encoded, header, out int length);
        Rejection? rejection = CheckHeader(header[..length], keys, out key, out scheme);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return rejection;
    }

    private Rejection? CheckHeader(ReadOnlySpan<byte> json, TokenKeySet keys, out TokenKey? key, out SignatureScheme? scheme)
    {
        (key, scheme) = (null, null);
        if (!JwsHeader.TryRead(json, out JwsHeader header))
            return RejectHeader();
        if (header.Check(_allowedAlgorithms, out scheme) is { } rejection)
            return rejection;

        key = FindKey(keys, header.KeyId.Raw);
        if (key is null)
            return RejectUnknownKey(header.KeyId.Raw, keys.Count);
        return key.Supports(scheme!) ? null : RejectAlgorithmMismatch(scheme!);
    }

    private static TokenKey? FindKey(TokenKeySet keys, ReadOnlySpan<byte> keyId) =>
        keyId.Contains((byte)'\\') ? FindUnescapedKey(keys, keyId) : keys.Find(keyId);

    private static TokenKey? FindUnescapedKey(TokenKeySet keys, ReadOnlySpan<byte> raw)
    {
        Span<byte> keyId = stackalloc byte[SigningBounds.MaxKeyIdBytes];
        JsonText.TryUnescape(raw, keyId, out int length);
        return keys.Find(keyId[..length]);
    }

    // Each lambda is in a method of its own. In the caller, its closure would be allocated for valid tokens as well.
    private static Rejection RejectLength(int length, int limit) =>
        new(RejectionReason.TokenTooLarge, () => new($"at most {limit} bytes", $"{length} bytes"));

    private static Rejection RejectParts(ReadOnlySpan<byte> token)
    {
        int dots = token.Count(Dot);
        string? presented = token.IsEmpty ? null
            : dots == 2 ? "a token with an empty header or signature"
            : "a token with another number of parts";
        return new(RejectionReason.TokenMalformed, "three parts joined by dots", presented);
    }

    private static Rejection RejectBase64(string presented) => new(RejectionReason.TokenBadBase64, "base64url without padding", presented);

    private static Rejection RejectHeader() => new(RejectionReason.TokenBadHeader, TokenText.RequiredObject, "a header of another form");

    private static Rejection RejectUnknownKey(ReadOnlySpan<byte> keyId, int keys)
    {
        if (keys == 0)
            return new(RejectionReason.TokenKeysStale, "a JWK set within its maximum age", "a stale JWK set");

        string unknown = TokenText.Quote(keyId);
        return new(
            RejectionReason.TokenKeyUnknown,
            () => new($"a kid in the JWK set, which has {(keys == 1 ? "1 key" : $"{keys} keys")}", unknown));
    }

    private static Rejection RejectAlgorithmMismatch(SignatureScheme scheme) => new(
        RejectionReason.TokenAlgorithmMismatch,
        () => new("an algorithm that matches the key", scheme.Name));

    private static Rejection RejectSignature(TokenKey key) => new(
        RejectionReason.TokenBadSignature,
        () => new($"a signature by the key {Encoding.UTF8.GetString(key.KeyId)}", "a signature that does not verify"));

    private static Span<byte> EnsurePayloadFits(Span<byte> payload, int characters)
    {
        int bytes = StrictBase64Url.GetDecodedLength(characters);
        return payload.Length >= bytes
            ? payload
            : throw new ArgumentException($"The buffer must have at least {bytes} bytes.", nameof(payload));
    }
}
