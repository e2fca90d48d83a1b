using System.Buffers.Text;
using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>The certificates that follow the signature of a proxy, as they are sent: for each, a dot and its DER in base64url.</summary>
/// <remarks>Created once for each key pair. Immutable; safe for concurrent use.</remarks>
internal sealed class EncodedSignerChain
{
    private EncodedSignerChain(SigningKeyPair pair, byte[] bytes, int count) => (Pair, Bytes, Count) = (pair, bytes, count);

    /// <summary>Gets the key pair of the signer.</summary>
    internal SigningKeyPair Pair { get; }

    /// <summary>Gets the encoded certificates, in ASCII.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Gets the number of certificates.</summary>
    internal int Count { get; }

    internal static EncodedSignerChain Create(SigningKeyPair pair)
    {
        ImmutableArray<ParsedCertificate> chain = WithoutAnchor(pair.Chain);
        byte[] bytes = new byte[chain.Sum(certificate => 1 + Base64Url.GetEncodedLength(certificate.Der.Length))];
        int position = 0;
        foreach (ParsedCertificate certificate in chain)
        {
            bytes[position++] = (byte)'.';
            position += Base64Url.EncodeToUtf8(certificate.Der.Span, bytes.AsSpan(position));
        }

        return new(pair, bytes, chain.Length);
    }

    // A self-signed trust anchor is not sent, because the server has it. The signature is verified, because a certificate with equal
    // subject and issuer is not necessarily self-signed: it may be a key rollover certificate (RFC 5280, 6.1).
    private static ImmutableArray<ParsedCertificate> WithoutAnchor(ImmutableArray<ParsedCertificate> chain) =>
        chain.Length > 1 && IsSelfSigned(chain[^1]) ? chain[..^1] : chain;

    private static bool IsSelfSigned(ParsedCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span)
        && certificate.IsSignedBy(VerificationKey.ImportOrNull(certificate.SubjectPublicKeyInfo)) == true;
}
