using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Decides whether a token logs a user in, after TiDB's <c>tidb_auth_token</c>: signature first, then the claims.</summary>
/// <remarks>Verified tokens are remembered within bounds, for one key set; their claims and times are checked each time. Safe for concurrent
/// use; nothing to dispose.</remarks>
public sealed class AuthTokenValidator
{
    /// <summary>Longest payload in octets that is remembered.</summary>
    internal const int MaxCachedPayload = 4096;

    private readonly JwsVerifier _jwsVerifier;
    private readonly int _maxTokenLength;
    private readonly ClaimRules _rules;
    private readonly int _tokenCacheSize;

    // The tokens of one key set: with another they are all forgotten.
    private volatile VerifiedTokens? _verified;

    /// <summary>A validator with these options.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names all of them.</exception>
    public AuthTokenValidator(AuthTokenOptions? options = null)
    {
        options ??= new();
        options.ThrowIfInvalid();
        _jwsVerifier = new(options.ToJwsOptions());
        _maxTokenLength = options.MaxTokenLength;
        _rules = new(options);
        _tokenCacheSize = options.TokenCacheSize;
    }

    /// <summary>Decides about a token. Never throws for what a peer sent; allocates nothing when it accepts a token signed with RSA that it
    /// doesn't remember yet, its note of it aside.</summary>
    /// <param name="token">The token in ASCII, nothing before or after.</param>
    /// <param name="keys">The keys of the moment.</param>
    /// <param name="expected">What the account expects.</param>
    /// <param name="rejection">Why not, or null.</param>
    public bool TryValidate(
        ReadOnlySpan<byte> token, TokenKeySet keys, ExpectedClaims expected, [NotNullWhen(false)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(expected);
        if (_tokenCacheSize == 0 || token.Length > _maxTokenLength)
        {
            rejection = Validate(token, keys, expected, verified: null, digest: default);
            return rejection is null;
        }

        VerifiedTokens? verified = _verified;
        if (!ReferenceEquals(verified?.Keys, keys))
            _verified = verified = new(keys, new(_tokenCacheSize));

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, digest);
        rejection = verified!.Tokens.TryGet(digest, out VerifiedToken? known)
            ? _rules.Check(known!.Payload, known.Claims, expected)
            : Validate(token, keys, expected, verified, digest);
        return rejection is null;
    }

    private Rejection? Validate(
        ReadOnlySpan<byte> token, TokenKeySet keys, ExpectedClaims expected, VerifiedTokens? verified, ReadOnlySpan<byte> digest)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(StrictBase64Url.GetDecodedLength(Math.Min(token.Length, JwsOptions.MaxLimit)));
        int length = 0;
        try
        {
            if (!_jwsVerifier.TryVerify(token, keys, buffer, out length, out Rejection? rejection))
                return rejection;

            ReadOnlySpan<byte> payload = buffer.AsSpan(0, length);
            if (!TokenClaims.TryRead(payload, out TokenClaims claims))
            {
                return new(
                    RejectionReason.TokenBadPayload, "one JSON object, each member once, at most 128 in an object", "a payload that is not");
            }

            if (verified is not null && length <= MaxCachedPayload)
                verified.Tokens.Set(digest.ToArray(), new(payload.ToArray(), claims));
            return _rules.Check(payload, claims, expected);
        }
        finally
        {
            // The claims are nobody else's business.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The tokens whose signature was verified with a key of this set, by SHA-256.</summary>
    private sealed record VerifiedTokens(TokenKeySet Keys, BoundedCache<VerifiedToken> Tokens);

    /// <summary>What a verified token says.</summary>
    private sealed record VerifiedToken(byte[] Payload, TokenClaims Claims);
}
