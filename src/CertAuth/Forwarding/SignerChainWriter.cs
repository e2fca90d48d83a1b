using System.Buffers.Text;
using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>The certificates of a signer as they follow its signature: each a dot and base64url. Made once for a pair.</summary>
internal sealed class SignerChainWriter
{
    private SignerChainWriter(SigningKeyPair pair, byte[] bytes, int count) => (Pair, Bytes, Count) = (pair, bytes, count);

    /// <summary>The pair whose path it is.</summary>
    internal SigningKeyPair Pair { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many certificates.</summary>
    internal int Count { get; }

    internal static SignerChainWriter Create(SigningKeyPair pair)
    {
        ImmutableArray<ParsedCertificate> path = WithoutAnchor(pair.Chain);
        byte[] bytes = new byte[path.Sum(certificate => 1 + Base64Url.GetEncodedLength(certificate.Der.Length))];
        int position = 0;
        foreach (ParsedCertificate certificate in path)
        {
            bytes[position++] = (byte)'.';
            position += Base64Url.EncodeToUtf8(certificate.Der.Span, bytes.AsSpan(position));
        }

        return new(pair, bytes, path.Length);
    }

    // The server has the anchor, which signed itself. A certificate that names itself as its issuer may as well be one of a rollover (RFC 5280, 6.1).
    private static ImmutableArray<ParsedCertificate> WithoutAnchor(ImmutableArray<ParsedCertificate> chain) =>
        chain.Length > 1 && IsSelfSigned(chain[^1]) ? chain[..^1] : chain;

    private static bool IsSelfSigned(ParsedCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span)
        && IssuerKey.ImportOrNull(certificate) is { } key
        && key.VerifyOrNull(certificate) == true;
}
