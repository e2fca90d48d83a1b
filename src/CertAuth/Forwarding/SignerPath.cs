using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>Verifies the path of a signer with a key of its own, and gives its key.</summary>
/// <remarks>Keys are remembered by the digest of their certificate, within bounds; the path is verified each time, from the bundle's own memory
/// mostly. Safe for concurrent use.</remarks>
internal sealed class SignerPath(ProxySigners signers)
{
    private const byte Dot = (byte)'.';

    /// <summary>Most keys that are remembered: one for each proxy, and those that they replaced.</summary>
    private const int MaxKeys = 256;

    private readonly BoundedCache<SignatureKey> _keys = new(MaxKeys);

    /// <summary>Verifies the certificates behind a signature: base64url joined by dots, the signer first.</summary>
    internal Refusal? Verify(ReadOnlySpan<byte> certificates, out SignatureKey? key)
    {
        key = null;
        int count = certificates.Count(Dot) + 1;
        if (certificates.IsEmpty || count > CertInfoToken.MaxPathCertificates)
            return RefuseForm($"{(certificates.IsEmpty ? 0 : count)}");

        ReadOnlyMemory<byte>[] path = new ReadOnlyMemory<byte>[count];
        int next = 0;
        foreach (Range range in certificates.Split(Dot))
        {
            ReadOnlySpan<byte> encoded = certificates[range];
            byte[] der = new byte[StrictBase64Url.LengthOf(encoded.Length)];
            if (encoded.IsEmpty || !StrictBase64Url.TryDecode(encoded, der, out _))
                return RefuseForm("another text");
            path[next++] = der;
        }

        TrustBundle bundle = signers.Trust.Current.For(CertificatePurpose.ClientAuthentication);
        if (!bundle.TryVerify(path[0].Span, path.AsSpan(1), out VerifiedCertificate? signer, out Refusal? refusal))
            return RefuseUntrusted(refusal);
        if (!IsWhole(path, signer))
            return RefusePath(signer.Intermediates, count - 1);
        if (!signers.Includes(signer))
            return RefuseMismatch(signer);

        key = FindKey(signer.Certificate!);
        return key is null ? RefuseKey(signer.Certificate!) : null;
    }

    private SignatureKey? FindKey(ClientCertificate signer)
    {
        if (_keys.TryGet(signer.Sha256.Span, out SignatureKey? key))
            return key;

        key = KeyPairReader.HasUsableKey(signer) ? SignatureKey.Import(signer) : null;
        if (key is not null)
            _keys.Set(signer.Sha256.ToArray(), key);
        return key;
    }

    private static Refusal RefuseForm(string presented) => new(
        FailureReason.ForwardedSignatureMalformed, $"1 to {CertInfoToken.MaxPathCertificates} certificates in base64url, joined by dots", presented);

    // Whatever isn't part of the path could be changed on the way without anybody's noticing. The proxy needn't know which of its CAs is trusted here.
    private static bool IsWhole(ReadOnlySpan<ReadOnlyMemory<byte>> path, VerifiedCertificate signer)
    {
        int beside = path.Length - 1;
        return signer.Intermediates == beside
            || (signer.Intermediates == beside - 1 && SHA256.HashData(path[^1].Span).AsSpan().SequenceEqual(signer.AnchorSha256.Span));
    }

    private static Refusal RefusePath(int required, int presented) => new(
        FailureReason.ForwardedSignatureMalformed, () => new($"the signer and the {required} certificates of its path, the trusted one left out", $"{presented} beside the signer"));

    private static Refusal RefuseUntrusted(Refusal refusal) =>
        new(FailureReason.ForwardedSignerUntrusted, () => new("a signer from a trusted CA of proxies", $"one that did not verify: {refusal}"));

    private static Refusal RefuseMismatch(VerifiedCertificate signer) =>
        new(FailureReason.ForwardedSignerMismatch, () => new("the certificate of a proxy", $"{signer}"));

    private static Refusal RefuseKey(ClientCertificate signer) => new(
        FailureReason.ForwardedSignerUntrusted, () => new("a signer's key of RSA with 2048 bits and more, P-256, P-384 or P-521", $"{signer.PublicKey}"));
}
