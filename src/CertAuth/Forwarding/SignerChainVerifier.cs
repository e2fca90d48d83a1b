using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>Verifies the path of a signer with a key of its own, and gives its key.</summary>
/// <remarks>Keys are remembered by the digest of their certificate, within bounds; the path is verified each time, from the bundle's own memory
/// mostly. Safe for concurrent use.</remarks>
internal sealed class SignerChainVerifier(ProxySigners signers)
{
    private const byte Dot = (byte)'.';

    /// <summary>Most keys that are remembered: one for each proxy, and those that they replaced.</summary>
    private const int MaxKeys = 256;

    private readonly BoundedCache<SignatureKey> _keys = new(MaxKeys);

    /// <summary>Verifies the certificates behind a signature: base64url joined by dots, the signer first.</summary>
    internal Rejection? Verify(ReadOnlySpan<byte> certificates, out SignatureKey? key)
    {
        key = null;
        int count = certificates.Count(Dot) + 1;
        if (certificates.IsEmpty || count > CertInfoToken.MaxChainCertificates)
            return RejectForm($"{(certificates.IsEmpty ? 0 : count)}");

        ReadOnlyMemory<byte>[] path = new ReadOnlyMemory<byte>[count];
        int next = 0;
        foreach (Range range in certificates.Split(Dot))
        {
            ReadOnlySpan<byte> encoded = certificates[range];
            byte[] der = new byte[StrictBase64Url.GetDecodedLength(encoded.Length)];
            if (encoded.IsEmpty || !StrictBase64Url.TryDecode(encoded, der, out _))
                return RejectForm("another text");
            path[next++] = der;
        }

        TrustBundle bundle = signers.Trust.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        if (!bundle.TryVerify(path[0].Span, path.AsSpan(1), out VerifiedCertificate? signer, out Rejection? rejection))
            return RejectUntrusted(rejection);
        if (!IsCompleteChain(path, signer))
            return RejectPath(signer.IntermediateCount, count - 1);
        if (!signers.Includes(signer))
            return RejectMismatch(signer);

        key = FindKey(signer.Certificate!);
        return key is null ? RejectKey(signer.Certificate!) : null;
    }

    private SignatureKey? FindKey(ParsedCertificate signer)
    {
        if (_keys.TryGet(signer.Sha256.Span, out SignatureKey? key))
            return key;

        key = KeyPairReader.HasUsableKey(signer) ? SignatureKey.Import(signer) : null;
        if (key is not null)
            _keys.Set(signer.Sha256.ToArray(), key);
        return key;
    }

    private static Rejection RejectForm(string presented) => new(
        RejectionReason.ForwardedSignatureMalformed, $"1 to {CertInfoToken.MaxChainCertificates} certificates in base64url, joined by dots", presented);

    // Whatever isn't part of the path could be changed on the way without anybody's noticing. The proxy needn't know which of its CAs is trusted here.
    private static bool IsCompleteChain(ReadOnlySpan<ReadOnlyMemory<byte>> path, VerifiedCertificate signer)
    {
        int beside = path.Length - 1;
        return signer.IntermediateCount == beside
            || (signer.IntermediateCount == beside - 1 && SHA256.HashData(path[^1].Span).AsSpan().SequenceEqual(signer.AnchorSha256.Span));
    }

    private static Rejection RejectPath(int required, int presented) => new(
        RejectionReason.ForwardedSignatureMalformed, () => new($"the signer and the {required} certificates of its path, the trusted one left out", $"{presented} beside the signer"));

    private static Rejection RejectUntrusted(Rejection rejection) =>
        new(RejectionReason.ForwardedSignerUntrusted, () => new("a signer from a trusted CA of proxies", $"a rejected certificate: {rejection}"));

    private static Rejection RejectMismatch(VerifiedCertificate signer) =>
        new(RejectionReason.ForwardedSignerMismatch, () => new("the certificate of a proxy", $"{signer}"));

    private static Rejection RejectKey(ParsedCertificate signer) => new(
        RejectionReason.ForwardedSignerUntrusted, () => new("a signer's key of RSA with 2048 bits and more, P-256, P-384 or P-521", $"{signer.PublicKey}"));
}
