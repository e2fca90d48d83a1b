using System.Buffers;
using CertAuth.Signing;
using CertAuth.Tls;

namespace CertAuth.Forwarding;

/// <summary>Decides whether to believe what a proxy says of its client's connection.</summary>
/// <remarks>It needs public certificates alone. The signature comes first; then each check of the specification in its order, each with its own
/// reason. Safe for concurrent use.</remarks>
public sealed class CertInfoTokenVerifier
{
    // Of the shortest signature, P-256's r and s.
    private const int MinSignatureOctets = 64;

    private readonly ISource<VerificationRing>? _sharedKey;
    private readonly SignerPath? _ownKeys;
    private readonly TimeProvider _clock;
    private readonly CertInfoFacts _facts = new();

    /// <summary>A verifier with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names all of them.</exception>
    public CertInfoTokenVerifier(CertInfoTokenVerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _sharedKey = options.SharedKey;
        _ownKeys = options.OwnKeys is null ? null : new(options.OwnKeys);
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
        if (attributes.TakeCertInfo(out ReadOnlyMemory<byte> info, out ReadOnlyMemory<byte> signature) is { } refusal)
            return new(CertInfoResult.Refused(refusal));

        VerificationRing? ring = _sharedKey?.Current;
        CertInfoResult result = Verify(info.Span, signature.Span, user, challenge.Span, ring);
        bool mayBeNewer = result.Refusal?.Reason == FailureReason.ForwardedBadSignature && _sharedKey is IRefreshableSource<VerificationRing>
            && CertInfoForms.Of(signature.Span) == CertInfoForm.SharedKey;
        return mayBeNewer ? TryNewerRingAsync(new(info, signature, user, challenge), ring!, result, cancellationToken) : new(result);
    }

    // A signer may be ahead of us by one interval.
    private async ValueTask<CertInfoResult> TryNewerRingAsync(
        Attempt attempt, VerificationRing seen, CertInfoResult result, CancellationToken cancellationToken)
    {
        VerificationRing ring = await ((IRefreshableSource<VerificationRing>)_sharedKey!).RefreshAsync(seen, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(ring, seen)
            ? result
            : Verify(attempt.Info.Span, attempt.Signature.Span, attempt.User, attempt.Challenge.Span, ring);
    }

    private CertInfoResult Verify(
        ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, string user, ReadOnlySpan<byte> challenge, VerificationRing? ring)
    {
        TlsConnectionInfo? connection = null;
        Refusal? refusal = CheckForm(info, signature, out CertInfoForm form) ?? VerifySignature(form, info, signature, ring);
        if (refusal is null && CertInfoMembers.TryRead(info, out CertInfoMembers members, out refusal))
            refusal = CertInfoRules.Check(members, user, challenge, _clock.GetUtcNow()) ?? _facts.Read(members, out connection);
        return refusal is null ? CertInfoResult.Verified(connection) : CertInfoResult.Refused(refusal);
    }

    // Sizes, then the prefix.
    private Refusal? CheckForm(ReadOnlySpan<byte> info, ReadOnlySpan<byte> signature, out CertInfoForm form)
    {
        form = CertInfoForms.Of(signature);
        int maxSignature = form == CertInfoForm.SharedKey ? CertInfoToken.MaxSignatureOctets : CertInfoToken.MaxSignatureOctetsWithPath;
        if (info.Length > CertInfoToken.MaxInfoOctets)
            return RefuseSize(CertInfoToken.InfoName, CertInfoToken.MaxInfoOctets, info.Length);
        if (signature.Length > maxSignature)
            return RefuseSize(CertInfoToken.SignatureName, maxSignature, signature.Length);

        bool isTaken = form switch
        {
            CertInfoForm.SharedKey => _sharedKey is not null,
            CertInfoForm.OwnKey => _ownKeys is not null,
            _ => false,
        };
        return isTaken ? null : new(FailureReason.ForwardedFormRefused, DescribeForms(), form == CertInfoForm.None ? "another" : $"{form}");
    }

    private Refusal? VerifySignature(CertInfoForm form, ReadOnlySpan<byte> info, ReadOnlySpan<byte> attribute, VerificationRing? ring)
    {
        ReadOnlySpan<byte> encoded = attribute[CertInfoForms.PrefixOf(form).Length..];
        SignatureKey? key = null;
        if (form == CertInfoForm.OwnKey)
        {
            int dot = encoded.IndexOf((byte)'.');
            ReadOnlySpan<byte> certificates = dot < 0 ? default : encoded[(dot + 1)..];
            encoded = dot < 0 ? encoded : encoded[..dot];
            if (_ownKeys!.Verify(certificates, out key) is { } refusal)
                return refusal;
        }

        if (!StrictBase64Url.IsValid(encoded) || StrictBase64Url.LengthOf(encoded.Length) < MinSignatureOctets)
        {
            return new(
                FailureReason.ForwardedSignatureMalformed,
                $"base64url without padding, of {MinSignatureOctets} octets and more",
                "another");
        }

        return IsSigned(form, info, encoded, key, ring) ? null : new(FailureReason.ForwardedBadSignature, DescribeSigner(form), "another's");
    }

    private static bool IsSigned(
        CertInfoForm form, ReadOnlySpan<byte> info, ReadOnlySpan<byte> encoded, SignatureKey? key, VerificationRing? ring)
    {
        // A signature that is longer than any verifies nothing.
        Span<byte> buffer = stackalloc byte[SignatureKey.MaxSignatureOctets];
        if (!StrictBase64Url.TryDecode(encoded, buffer, out int length))
            return false;

        byte[] signed = ArrayPool<byte>.Shared.Rent(CertInfoForms.MaxSignedOctets(info.Length));
        ReadOnlySpan<byte> content = signed.AsSpan(0, CertInfoForms.WriteSigned(form, info, signed));
        bool isSigned = form == CertInfoForm.SharedKey
            ? ring?.FindSigner(content, buffer[..length]) is not null
            : key!.Verifies(content, buffer[..length]);
        ArrayPool<byte>.Shared.Return(signed);
        return isSigned;
    }

    private string DescribeForms() => (_sharedKey, _ownKeys) switch
    {
        (not null, null) => "the prefix v1.",
        (null, not null) => "the prefix v1c.",
        _ => "the prefix v1. or v1c.",
    };

    private static string DescribeSigner(CertInfoForm form) =>
        form == CertInfoForm.SharedKey ? "a signature by a key of the ring" : "a signature by the key of the first certificate";

    private static Refusal RefuseSize(string attribute, int limit, int length) =>
        new(FailureReason.ForwardedInfoTooLarge, $"at most {limit} octets of {attribute}", $"{length}");

    private sealed record Attempt(ReadOnlyMemory<byte> Info, ReadOnlyMemory<byte> Signature, string User, ReadOnlyMemory<byte> Challenge);
}
