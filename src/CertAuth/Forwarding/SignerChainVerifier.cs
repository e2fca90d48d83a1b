using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Json;
using CertAuth.Keys;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>Verifies the certificates of a proxy that signs with its own key, and returns its certificate with the imported
/// key.</summary>
/// <remarks>Up to 256 keys are cached by the SHA-256 of their certificates. The chain is verified for each token, although the trust bundle
/// caches most of that work. Safe for concurrent use.</remarks>
internal sealed class SignerChainVerifier(ProxySigners signers)
{
    private const byte Dot = (byte)'.';

    private readonly BoundedCache<SigningCertificate> _keys = new(ForwardingBounds.MaxCachedKeys);

    /// <summary>Verifies the certificates that follow a signature: in base64url, separated by dots, the signer first. Returns the
    /// rejection; null if the key is accepted.</summary>
    internal Rejection? Verify(ReadOnlySpan<byte> certificates, out SigningCertificate? signer)
    {
        signer = null;
        int count = certificates.Count(Dot) + 1;
        if (certificates.IsEmpty || count > ForwardingBounds.MaxChainCertificates)
            return RejectMalformed($"{(certificates.IsEmpty ? 0 : count)} certificates");

        ReadOnlyMemory<byte>[] chain = new ReadOnlyMemory<byte>[count];
        int next = 0;
        foreach (Range range in certificates.Split(Dot))
        {
            ReadOnlySpan<byte> encoded = certificates[range];
            byte[] der = new byte[StrictBase64Url.GetDecodedLength(encoded.Length)];
            if (encoded.IsEmpty || !StrictBase64Url.TryDecode(encoded, der, out _))
                return RejectMalformed("a certificate that is not base64url");
            chain[next++] = der;
        }

        TrustBundle bundle = signers.Trust.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        if (!bundle.TryVerify(chain[0].Span, chain.AsSpan(1), out VerifiedCertificate? verified, out Rejection? rejection))
            return RejectUntrusted(rejection);
        if (!IsCompleteChain(chain, verified))
            return RejectChain(verified.IntermediateCount, count - 1);
        if (!signers.Includes(verified))
            return RejectMismatch(verified);

        signer = FindSigner(verified.Certificate!);
        return signer is null ? RejectKey(verified.Certificate!) : null;
    }

    private SigningCertificate? FindSigner(ParsedCertificate certificate)
    {
        if (_keys.TryGet(certificate.Sha256.Span, out SigningCertificate? signer))
            return signer;

        signer = SigningCertificate.CreateOrNull(certificate);
        if (signer is not null)
            _keys.Set(certificate.Sha256.ToArray(), signer);
        return signer;
    }

    private static Rejection RejectMalformed(string presented) => new(
        RejectionReason.ForwardedSignatureMalformed,
        $"1 to {ForwardingBounds.MaxChainCertificates} certificates in base64url, separated by dots",
        presented);

    // A certificate that is not part of the verified path could be replaced without detection, so every certificate must be part of it.
    // The last certificate may be the trusted CA itself, because a proxy does not know which CA of its chain the server trusts.
    private static bool IsCompleteChain(ReadOnlySpan<ReadOnlyMemory<byte>> chain, VerifiedCertificate signer)
    {
        int others = chain.Length - 1;
        return signer.IntermediateCount == others
            || (signer.IntermediateCount == others - 1
                && SHA256.HashData(chain[^1].Span).AsSpan().SequenceEqual(signer.AnchorSha256.Span));
    }

    private static Rejection RejectChain(int required, int presented) => new(
        RejectionReason.ForwardedSignatureMalformed,
        () => new(
            $"the signer and the {required} intermediate certificates of its path",
            $"the signer and {presented} other certificates"));

    private static Rejection RejectUntrusted(Rejection rejection) => new(
        RejectionReason.ForwardedSignerUntrusted,
        () => new("a signer whose certificate chains to a trusted CA", $"a rejected certificate: {rejection}"));

    private static Rejection RejectMismatch(VerifiedCertificate signer) =>
        new(RejectionReason.ForwardedSignerMismatch, () => new("the certificate of a proxy", $"{signer}"));

    private static Rejection RejectKey(ParsedCertificate signer) => new(
        RejectionReason.ForwardedSignerUntrusted,
        () => new(KeyPolicy.RequiredSignerKey, $"{signer.PublicKey}"));
}
