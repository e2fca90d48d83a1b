using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Json;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Validates the login tokens (JWTs) of TiDB's <c>tidb_auth_token</c>: first the signature, then the claims.</summary>
/// <remarks>The validator caches up to <see cref="AuthTokenOptions.TokenCacheSize"/> tokens whose signature was verified with the current
/// JWK set. The claims of a cached token are checked at each login. Safe for concurrent use.</remarks>
public sealed class AuthTokenValidator
{
    private readonly JwsVerifier _jwsVerifier;
    private readonly int _maxTokenLength;
    private readonly ClaimRules _rules;
    private readonly int _tokenCacheSize;

    // The cached tokens of one JWK set. Another JWK set replaces the cache.
    private volatile VerifiedTokens? _verified;

    /// <summary>Initializes a validator.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public AuthTokenValidator(AuthTokenOptions? options = null)
    {
        options ??= new();
        options.ThrowIfInvalid();
        _jwsVerifier = new(options.ToJwsOptions());
        _maxTokenLength = options.MaxTokenLength;
        _rules = new(options);
        _tokenCacheSize = options.TokenCacheSize;
    }

    /// <summary>Gets the cached tokens of the latest JWK set by their SHA-256; null if none is cached.</summary>
    internal BoundedCache<VerifiedToken>? CachedTokens => _verified?.Tokens;

    /// <summary>Validates a token.</summary>
    /// <remarks>For a valid token that is signed with RSA, only the entry in the cache is allocated, except at the first use of a key and
    /// for JSON objects with more than 16 members.</remarks>
    /// <param name="token">The token in ASCII, without white space around it.</param>
    /// <param name="keys">The current keys.</param>
    /// <param name="expected">The claims that the account expects.</param>
    /// <param name="rejection">The reason why the token is rejected; null on success.</param>
    /// <returns>true if the token is valid for the account; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or <paramref name="expected"/> is null.</exception>
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
        rejection = verified!.Tokens.TryGet(digest, out VerifiedToken? cached)
            ? _rules.Check(cached!.Payload, cached.Claims, expected)
            : Validate(token, keys, expected, verified, digest);
        return rejection is null;
    }

    private Rejection? Validate(
        ReadOnlySpan<byte> token, TokenKeySet keys, ExpectedClaims expected, VerifiedTokens? verified, ReadOnlySpan<byte> digest)
    {
        int maxPayloadLength = StrictBase64Url.GetDecodedLength(Math.Min(token.Length, AuthTokenBounds.MaxTokenLengthLimit));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(maxPayloadLength);
        int length = 0;
        try
        {
            if (!_jwsVerifier.TryVerify(token, keys, buffer, out length, out Rejection? rejection))
                return rejection;

            ReadOnlySpan<byte> payload = buffer.AsSpan(0, length);
            if (!TokenClaims.TryRead(payload, out TokenClaims claims))
                return new(RejectionReason.TokenBadPayload, TokenText.RequiredObject, "a payload of another form");

            if (verified is not null && length <= AuthTokenBounds.MaxCachedPayloadBytes)
                verified.Tokens.Set(digest.ToArray(), new(payload.ToArray(), claims));
            return _rules.Check(payload, claims, expected);
        }
        finally
        {
            // The claims are confidential and must not stay in the pooled buffer.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The tokens that were verified with a key set, by their SHA-256.</summary>
    private sealed record VerifiedTokens(TokenKeySet Keys, BoundedCache<VerifiedToken> Tokens);

    /// <summary>The content of a verified token.</summary>
    internal sealed record VerifiedToken(byte[] Payload, TokenClaims Claims);
}
