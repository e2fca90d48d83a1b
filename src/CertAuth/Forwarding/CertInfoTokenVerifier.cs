using System.Buffers;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Decides whether to believe what a proxy says of its client's connection.</summary>
/// <remarks>It needs public certificates alone. The signature comes first; then each check of the specification in its order, each with its own
/// reason. Safe for concurrent use.</remarks>
public sealed class CertInfoTokenVerifier
{
    // Of the shortest signature, P-256's r and s.
    private const int MinSignatureBytes = 64;

    private readonly ISource<SigningCertificateRing>? _sharedKey;
    private readonly SignerChainVerifier? _signerChainVerifier;
    private readonly TimeProvider _clock;
    private readonly CertInfoConnectionReader _connectionReader = new();

    /// <summary>A verifier with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names all of them.</exception>
    public CertInfoTokenVerifier(CertInfoTokenVerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _sharedKey = options.SharedKey;
        _signerChainVerifier = options.ProxySigners is null ? null : new(options.ProxySigners);
        _clock = options.TimeProvider;
    }

    /// <summary>Verifies the token among the attributes of a proxy's connection. Never throws for what a peer sent; completes synchronously unless a
    /// newer signing certificate is being looked for.</summary>
    /// <param name="attributes">The attributes of the connection.</param>
    /// <param name="user">The user who logs in, as the name was sent.</param>
    /// <param name="challenge">The challenge that this server sent on this connection, in its first handshake: 16 to 32 octets. It must stay
    /// unchanged until the decision is made.</param>
    /// <param name="cancellationToken">Ends the wait for a newer certificate.</param>
    /// <exception cref="ArgumentException">The challenge isn't one.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<CertInfoResult> VerifyAsync(
        ConnectionAttributes attributes, string user, ReadOnlyMemory<byte> challenge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(user);
        if (!CertInfoToken.IsChallenge(challenge.Span))
            throw new ArgumentException("Give the challenge of the connection, 16 to 32 octets: there is no token without one.", nameof(challenge));

        cancellationToken.ThrowIfCancellationRequested();
        if (attributes.GetCertInfo(out ReadOnlyMemory<byte> info, out ReadOnlyMemory<byte> signature) is { } rejection)
            return new(CertInfoResult.Rejected(rejection));

        SigningCertificateRing? ring = _sharedKey?.Current;
        CertInfoResult result = Verify(info.Span, signature.Span, user, challenge.Span, ring);
        bool mayBeNewer = result.Rejection?.Reason == RejectionReason.ForwardedInfoBadSignature && _sharedKey is IRefreshableSource<SigningCertificateRing>
            && CertInfoTokenFormats.Detect(signature.Span) == CertInfoTokenFormat.SharedKey;
        return mayBeNewer ? RetryWithNewerRingAsync(new(info, signature, user, challenge), ring!, result, cancellationToken) : new(result);
    }

    // A signer may be ahead of us by one interval.
    private async ValueTask<CertInfoResult> RetryWithNewerRingAsync(
        Attempt attempt, SigningCertificateRing seen, CertInfoResult result, CancellationToken cancellationToken)
    {
        SigningCertificateRing ring = await ((IRefreshableSource<SigningCertificateRing>)_sharedKey!).RefreshAsync(seen, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(ring, seen)
            ? result
            : Verify(attempt.Info.Span, attempt.Signature.Span, attempt.User, attempt.Challenge.Span, ring);
    }

    private CertInfoResult Verify(
        ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, string user, ReadOnlySpan<byte> challenge, SigningCertificateRing? ring)
    {
        TlsConnectionInfo? connection = null;
        Rejection? rejection = CheckFormat(info, signature, out CertInfoTokenFormat format) ?? VerifySignature(format, info, signature, ring);
        if (rejection is null && CertInfoMembers.TryRead(info, out CertInfoMembers members, out rejection))
            rejection = CertInfoRules.Check(members, user, challenge, _clock.GetUtcNow()) ?? _connectionReader.Read(members, out connection);
        return rejection is null ? CertInfoResult.Accepted(connection) : CertInfoResult.Rejected(rejection);
    }

    // Sizes, then the prefix.
    private Rejection? CheckFormat(ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, out CertInfoTokenFormat format)
    {
        format = CertInfoTokenFormats.Detect(signature);
        int maxSignature = format == CertInfoTokenFormat.SharedKey ? CertInfoToken.MaxSignatureBytes : CertInfoToken.MaxSignatureBytesWithChain;
        if (info.Length > CertInfoToken.MaxInfoBytes)
            return RejectSize(CertInfoToken.InfoAttributeName, CertInfoToken.MaxInfoBytes, info.Length);
        if (signature.Length > maxSignature)
            return RejectSize(CertInfoToken.SignatureAttributeName, maxSignature, signature.Length);

        bool isAccepted = format switch
        {
            CertInfoTokenFormat.SharedKey => _sharedKey is not null,
            CertInfoTokenFormat.ProxyKey => _signerChainVerifier is not null,
            _ => false,
        };
        return isAccepted ? null : new(RejectionReason.ForwardedInfoFormatNotAllowed, DescribeFormats(), format == CertInfoTokenFormat.None ? "another" : $"{format}");
    }

    private Rejection? VerifySignature(CertInfoTokenFormat format, ReadOnlySpan<byte> info, ReadOnlySpan<byte> attribute, SigningCertificateRing? ring)
    {
        ReadOnlySpan<byte> encoded = attribute[CertInfoTokenFormats.GetPrefix(format).Length..];
        SignatureKey? key = null;
        if (format == CertInfoTokenFormat.ProxyKey)
        {
            int dot = encoded.IndexOf((byte)'.');
            ReadOnlySpan<byte> certificates = dot < 0 ? default : encoded[(dot + 1)..];
            encoded = dot < 0 ? encoded : encoded[..dot];
            if (_signerChainVerifier!.Verify(certificates, out key) is { } rejection)
                return rejection;
        }

        if (!StrictBase64Url.IsValid(encoded) || StrictBase64Url.GetDecodedLength(encoded.Length) < MinSignatureBytes)
        {
            return new(
                RejectionReason.ForwardedSignatureMalformed,
                $"base64url without padding, of {MinSignatureBytes} octets and more",
                "another");
        }

        return IsSigned(format, info, encoded, key, ring) ? null : new(RejectionReason.ForwardedInfoBadSignature, DescribeSigner(format), "another's");
    }

    private static bool IsSigned(
        CertInfoTokenFormat format, ReadOnlySpan<byte> info, ReadOnlySpan<byte> encoded, SignatureKey? key, SigningCertificateRing? ring)
    {
        // A signature that is longer than any verifies nothing.
        Span<byte> buffer = stackalloc byte[SignatureKey.MaxSignatureBytes];
        if (!StrictBase64Url.TryDecode(encoded, buffer, out int length))
            return false;

        byte[] signed = ArrayPool<byte>.Shared.Rent(CertInfoTokenFormats.MaxSignedBytes(info.Length));
        ReadOnlySpan<byte> content = signed.AsSpan(0, CertInfoTokenFormats.WriteSignedContent(format, info, signed));
        bool isSigned = format == CertInfoTokenFormat.SharedKey
            ? ring?.FindSigner(content, buffer[..length]) is not null
            : key!.Verify(content, buffer[..length]);
        ArrayPool<byte>.Shared.Return(signed);
        return isSigned;
    }

    private string DescribeFormats() => (_sharedKey, _signerChainVerifier) switch
    {
        (not null, null) => "the prefix v1.",
        (null, not null) => "the prefix v1c.",
        _ => "the prefix v1. or v1c.",
    };

    private static string DescribeSigner(CertInfoTokenFormat format) =>
        format == CertInfoTokenFormat.SharedKey ? "a signature by a key of the ring" : "a signature by the key of the first certificate";

    private static Rejection RejectSize(string attribute, int limit, int length) =>
        new(RejectionReason.ForwardedInfoTooLarge, $"at most {limit} octets of {attribute}", $"{length}");

    private sealed record Attempt(ReadOnlyMemory<byte> Info, ReadOnlyMemory<byte> Signature, string User, ReadOnlyMemory<byte> Challenge);
}
