using System.Buffers;
using CertAuth.Json;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Verifies cert-info tokens, with which a proxy forwards the facts of a client connection.</summary>
/// <remarks>The verifier needs only public certificates. It verifies the signature before it reads the facts. The first check that fails
/// determines the reason of the rejection (docs/forwarding-format.md). Safe for concurrent use.</remarks>
public sealed class CertInfoTokenVerifier
{
    // The length of the shortest signature: r and s of P-256.
    private const int MinSignatureBytes = 64;

    private readonly ISource<SigningCertificateRing>? _sharedKey;
    private readonly SignerChainVerifier? _signerChainVerifier;
    private readonly TimeProvider _timeProvider;
    private readonly CertInfoConnectionReader _connectionReader = new();

    /// <summary>Initializes a verifier.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    public CertInfoTokenVerifier(CertInfoTokenVerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _sharedKey = options.SharedKey;
        _signerChainVerifier = options.ProxySigners is null ? null : new(options.ProxySigners);
        _timeProvider = options.TimeProvider;
    }

    /// <summary>Verifies the token in the connection attributes that a proxy sent.</summary>
    /// <remarks>The method completes synchronously, unless no known shared key verifies the signature and
    /// <see cref="CertInfoTokenVerifierOptions.SharedKey"/> is an <see cref="IRefreshableSource{T}"/>. It then waits for a reload of the
    /// signing certificates.</remarks>
    /// <param name="attributes">The connection attributes.</param>
    /// <param name="user">The user name that the proxy sent.</param>
    /// <param name="challenge">The challenge that this server sent on this connection in its first handshake packet, 16 to 32 bytes. It
    /// must not change until the task completes.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the reload.</param>
    /// <returns>The facts of the client connection, or the rejection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> or <paramref name="user"/> is null.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="challenge"/> is not from 16 to 32 bytes.</exception>
    /// <exception cref="InvalidOperationException">The source <see cref="ProxySigners.Trust"/> returned a trust bundle that is not for
    /// client authentication.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public ValueTask<CertInfoResult> VerifyAsync(
        ConnectionAttributes attributes, string user, ReadOnlyMemory<byte> challenge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(user);
        if (!CertInfoToken.IsChallenge(challenge.Span))
            throw new ArgumentException("The challenge of the connection must have 16 to 32 bytes.", nameof(challenge));

        cancellationToken.ThrowIfCancellationRequested();
        if (attributes.GetCertInfo(out ReadOnlyMemory<byte> info, out ReadOnlyMemory<byte> signature) is { } rejection)
            return new(CertInfoResult.Rejected(rejection));

        SigningCertificateRing? ring = _sharedKey?.Current;
        CertInfoResult result = Verify(info.Span, signature.Span, user, challenge.Span, ring);
        bool mightBeSignedByNewerKey = result.Rejection?.Reason == RejectionReason.ForwardedInfoBadSignature
            && _sharedKey is IRefreshableSource<SigningCertificateRing>
            && CertInfoTokenFormats.Detect(signature.Span) == CertInfoTokenFormat.SharedKey;
        return mightBeSignedByNewerKey
            ? RetryWithNewerRingAsync(new(info, signature, user, challenge), ring!, result, cancellationToken)
            : new(result);
    }

    // A proxy may have reloaded its key earlier than this server.
    private async ValueTask<CertInfoResult> RetryWithNewerRingAsync(
        Attempt attempt, SigningCertificateRing seen, CertInfoResult result, CancellationToken cancellationToken)
    {
        IRefreshableSource<SigningCertificateRing> source = (IRefreshableSource<SigningCertificateRing>)_sharedKey!;
        SigningCertificateRing ring = await source.RefreshAsync(seen, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(ring, seen)
            ? result
            : Verify(attempt.Info.Span, attempt.Signature.Span, attempt.User, attempt.Challenge.Span, ring);
    }

    private CertInfoResult Verify(
        ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, string user, ReadOnlySpan<byte> challenge, SigningCertificateRing? ring)
    {
        TlsConnectionInfo? connection = null;
        Rejection? rejection = CheckFormat(info, signature, out CertInfoTokenFormat format)
            ?? VerifySignature(format, info, signature, ring);
        if (rejection is null && CertInfo.TryRead(info, out CertInfo members, out rejection))
        {
            rejection = CertInfoRules.Check(members, user, challenge, _timeProvider.GetUtcNow())
                ?? _connectionReader.Read(members, out connection);
        }

        return rejection is null ? CertInfoResult.Accepted(connection) : CertInfoResult.Rejected(rejection);
    }

    private Rejection? CheckFormat(ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, out CertInfoTokenFormat format)
    {
        format = CertInfoTokenFormats.Detect(signature);
        int maxSignature = CertInfoTokenFormats.GetMaxSignatureBytes(format);
        if (info.Length > ForwardingBounds.MaxInfoBytes)
            return RejectLength(CertInfoToken.InfoAttributeName, ForwardingBounds.MaxInfoBytes, info.Length);
        if (signature.Length > maxSignature)
            return RejectLength(CertInfoToken.SignatureAttributeName, maxSignature, signature.Length);

        bool isAccepted = format switch
        {
            CertInfoTokenFormat.SharedKey => _sharedKey is not null,
            CertInfoTokenFormat.ProxyKey => _signerChainVerifier is not null,
            _ => false,
        };
        return isAccepted ? null : new(RejectionReason.ForwardedInfoFormatNotAllowed, DescribeFormats(), DescribePrefix(format));
    }

    private Rejection? VerifySignature(
        CertInfoTokenFormat format, ReadOnlySpan<byte> info, ReadOnlySpan<byte> attribute, SigningCertificateRing? ring)
    {
        ReadOnlySpan<byte> encoded = attribute[CertInfoTokenFormats.GetPrefix(format).Length..];
        SigningCertificate? signer = null;
        if (format == CertInfoTokenFormat.ProxyKey)
        {
            int dot = encoded.IndexOf((byte)'.');
            ReadOnlySpan<byte> certificates = dot < 0 ? default : encoded[(dot + 1)..];
            encoded = dot < 0 ? encoded : encoded[..dot];
            if (_signerChainVerifier!.Verify(certificates, out signer) is { } rejection)
                return rejection;
        }

        if (!StrictBase64Url.IsValid(encoded) || StrictBase64Url.GetDecodedLength(encoded.Length) < MinSignatureBytes)
        {
            return new(
                RejectionReason.ForwardedSignatureMalformed,
                $"base64url without padding, of at least {MinSignatureBytes} bytes",
                "another signature");
        }

        return IsSigned(format, info, encoded, signer, ring)
            ? null
            : new(RejectionReason.ForwardedInfoBadSignature, DescribeSigner(format), "a signature that does not verify");
    }

    private static bool IsSigned(
        CertInfoTokenFormat format,
        ReadOnlySpan<byte> info,
        ReadOnlySpan<byte> encoded,
        SigningCertificate? signer,
        SigningCertificateRing? ring)
    {
        // No key verifies a signature that is longer than the buffer.
        Span<byte> buffer = stackalloc byte[KeyBounds.MaxSignatureBytes];
        if (!StrictBase64Url.TryDecode(encoded, buffer, out int length))
            return false;

        byte[] signed = ArrayPool<byte>.Shared.Rent(CertInfoTokenFormats.GetSignedBytes(format, info.Length));
        ReadOnlySpan<byte> content = signed.AsSpan(0, CertInfoTokenFormats.WriteSignedContent(format, info, signed));
        bool isSigned = format == CertInfoTokenFormat.SharedKey
            ? ring?.FindSigner(content, buffer[..length]) is not null
            : signer!.Verify(content, buffer[..length]);
        ArrayPool<byte>.Shared.Return(signed);
        return isSigned;
    }

    private string DescribeFormats() => (_sharedKey, _signerChainVerifier) switch
    {
        (not null, null) => "the prefix v1.",
        (null, not null) => "the prefix v1c.",
        _ => "the prefix v1. or v1c.",
    };

    private static string DescribePrefix(CertInfoTokenFormat format) => format switch
    {
        CertInfoTokenFormat.SharedKey => "the prefix v1.",
        CertInfoTokenFormat.ProxyKey => "the prefix v1c.",
        _ => "another prefix",
    };

    private static string DescribeSigner(CertInfoTokenFormat format) => format == CertInfoTokenFormat.SharedKey
        ? "a signature by the key of a signing certificate"
        : "a signature by the key of the first certificate";

    private static Rejection RejectLength(string attribute, int limit, int length) =>
        new(RejectionReason.ForwardedInfoTooLarge, $"at most {limit} bytes of {attribute}", $"{length} bytes");

    private sealed record Attempt(ReadOnlyMemory<byte> Info, ReadOnlyMemory<byte> Signature, string User, ReadOnlyMemory<byte> Challenge);
}
