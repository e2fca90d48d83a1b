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
    private const int MaxSignatureOctets = 1024;
    private const int StackOctets = 256;

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
        _allowedAlgorithms = options.AllowedAlgorithms.Aggregate(0, (bits, algorithm) => bits | (1 << (int)algorithm));
    }

    /// <summary>Octets that a payload of the longest token can have: the room that <see cref="TryVerify"/> needs.</summary>
    public int MaxPayloadLength => StrictBase64Url.LengthOf(_maxTokenLength);

    /// <summary>Verifies a token. Allocates nothing when it is good and signed with RSA, the first use of a key and
    /// objects of more than 16 members aside.</summary>
    /// <param name="token">The token in ASCII: three parts of base64url joined by dots, nothing before or after.</param>
    /// <param name="keys">The keys; exactly that of the token's <c>kid</c> is tried.</param>
    /// <param name="payload">Where the payload goes; see <see cref="MaxPayloadLength"/>. What is written there on a refusal means nothing.</param>
    /// <param name="payloadLength">Octets of the payload; 0 on a refusal.</param>
    /// <param name="refusal">Why not, or null.</param>
    /// <exception cref="ArgumentException">The payload has no room, and the token isn't too long.</exception>
    public bool TryVerify(
        ReadOnlySpan<byte> token, VerificationKeySet keys, Span<byte> payload, out int payloadLength, [NotNullWhen(false)] out Refusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(keys);
        payloadLength = 0;
        if (token.Length > _maxTokenLength)
        {
            refusal = RefuseLength(token.Length, _maxTokenLength);
            return false;
        }

        int first = token.IndexOf(Dot);
        int second = first < 0 ? -1 : token[(first + 1)..].IndexOf(Dot) + first + 1;
        if (second <= first || first == 0 || second == token.Length - 1 || token[(second + 1)..].Contains(Dot))
        {
            refusal = RefuseParts(token);
            return false;
        }

        refusal = Verify(new(token, first, second), keys, payload, out payloadLength);
        return refusal is null;
    }

    private Refusal? Verify(JwsParts parts, VerificationKeySet keys, Span<byte> payload, out int payloadLength)
    {
        payloadLength = 0;
        if (!StrictBase64Url.IsValid(parts.Header))
            return RefuseBase64("a header that is not");
        if (!StrictBase64Url.IsValid(parts.Payload))
            return RefuseBase64("a payload that is not");
        if (!StrictBase64Url.IsValid(parts.Signature))
            return RefuseBase64("a signature that is not");

        Refusal? refusal = ReadHeader(parts.Header, keys, out TokenKey? key, out AlgorithmFacts? algorithm);
        if (refusal is not null)
            return refusal;

        // A signature that is longer than any verifies nothing.
        Span<byte> signature = stackalloc byte[MaxSignatureOctets];
        bool isSigned = StrictBase64Url.LengthOf(parts.Signature.Length) <= MaxSignatureOctets
            && StrictBase64Url.TryDecode(parts.Signature, signature, out int signatureLength)
            && key!.Verifies(parts.Signed, signature[..signatureLength], algorithm!);
        if (!isSigned)
            return RefuseSignature(key!);

        StrictBase64Url.TryDecode(parts.Payload, Room(payload, parts.Payload.Length), out payloadLength);
        return null;
    }

    private Refusal? ReadHeader(ReadOnlySpan<byte> encoded, VerificationKeySet keys, out TokenKey? key, out AlgorithmFacts? algorithm)
    {
        byte[]? rented = null;
        int octets = StrictBase64Url.LengthOf(encoded.Length);
        Span<byte> header = octets <= StackOctets ? stackalloc byte[StackOctets] : rented = ArrayPool<byte>.Shared.Rent(octets);
        StrictBase64Url.TryDecode(encoded, header, out int length);
        Refusal? refusal = CheckHeader(header[..length], keys, out key, out algorithm);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return refusal;
    }

    private Refusal? CheckHeader(ReadOnlySpan<byte> json, VerificationKeySet keys, out TokenKey? key, out AlgorithmFacts? algorithm)
    {
        JwsHeader header = default;
        key = null;
        FailureReason reason = header.Read(json, _allowedAlgorithms, out algorithm);
        if (reason != FailureReason.None)
            return Refuse(reason, header);

        key = Find(keys, header.KeyId.Raw);
        if (key is null)
            return RefuseUnknown(header.KeyId.Raw, keys.Count);
        return key.Fits(algorithm!) ? null : RefuseMismatch(algorithm!);
    }

    private static TokenKey? Find(VerificationKeySet keys, ReadOnlySpan<byte> keyId) =>
        keyId.Contains((byte)'\\') ? FindUnescaped(keys, keyId) : keys.Find(keyId);

    private static TokenKey? FindUnescaped(VerificationKeySet keys, ReadOnlySpan<byte> raw)
    {
        Span<byte> keyId = stackalloc byte[JwkReader.MaxKeyIdOctets];
        JsonText.TryUnescape(raw, keyId, out int length);
        return keys.Find(keyId[..length]);
    }

    // Each lambda stands in a method of its own: what it captures would else be allocated for every good token, too.
    private static Refusal RefuseLength(int length, int limit) => new(FailureReason.TokenTooLarge, () => new($"at most {limit} octets", $"{length}"));

    private static Refusal RefuseParts(ReadOnlySpan<byte> token)
    {
        int dots = token.Count(Dot);
        string? presented = token.IsEmpty ? null : dots == 2 ? "an empty header or signature" : "another number of parts";
        return new(FailureReason.TokenMalformed, "three parts joined by dots", presented);
    }

    private static Refusal RefuseBase64(string presented) => new(FailureReason.TokenBadBase64, "base64url without padding", presented);

    private static Refusal RefuseUnknown(ReadOnlySpan<byte> keyId, int keys)
    {
        if (keys == 0)
            return new(FailureReason.TokenKeysTooOld, "a key set that could be read lately", "a stale one");

        string unknown = ClaimText.ShowText(keyId);
        return new(FailureReason.TokenKeyUnknown, () => new($"the kid of one of {keys} keys", unknown));
    }

    private static Refusal RefuseMismatch(AlgorithmFacts algorithm) =>
        new(FailureReason.TokenAlgorithmMismatch, () => new("an algorithm that fits the key of that kid", $"{algorithm.Algorithm}"));

    private static Refusal RefuseSignature(TokenKey key) =>
        new(FailureReason.TokenBadSignature, () => new($"a signature by the key {Encoding.UTF8.GetString(key.KeyId)}", "another"));

    private static Refusal Refuse(FailureReason reason, JwsHeader header)
    {
        RefusalFacts facts = header.Facts(reason);
        return new(reason, () => facts);
    }

    private static Span<byte> Room(Span<byte> payload, int characters)
    {
        int octets = StrictBase64Url.LengthOf(characters);
        return payload.Length >= octets ? payload : throw new ArgumentException($"The payload needs {octets} octets.", nameof(payload));
    }
}

/// <summary>The three parts of a token, and what is signed.</summary>
internal readonly ref struct JwsParts(ReadOnlySpan<byte> token, int firstDot, int secondDot)
{
    internal ReadOnlySpan<byte> Header { get; } = token[..firstDot];

    internal ReadOnlySpan<byte> Payload { get; } = token[(firstDot + 1)..secondDot];

    internal ReadOnlySpan<byte> Signature { get; } = token[(secondDot + 1)..];

    internal ReadOnlySpan<byte> Signed { get; } = token[..secondDot];
}
