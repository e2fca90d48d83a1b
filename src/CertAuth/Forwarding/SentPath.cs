using System.Buffers.Text;
using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>The certificates of a signer as they follow its signature: each a dot and base64url. Made once for a pair.</summary>
internal sealed class SentPath
{
    private SentPath(SigningKeyPair pair, byte[] octets, int count) => (Pair, Octets, Count) = (pair, octets, count);

    /// <summary>The pair whose path it is.</summary>
    internal SigningKeyPair Pair { get; }

    internal ReadOnlyMemory<byte> Octets { get; }

    /// <summary>How many certificates.</summary>
    internal int Count { get; }

    internal static SentPath Of(SigningKeyPair pair)
    {
        ImmutableArray<ClientCertificate> path = WithoutAnchor(pair.Chain);
        byte[] octets = new byte[path.Sum(certificate => 1 + Base64Url.GetEncodedLength(certificate.Der.Length))];
        int position = 0;
        foreach (ClientCertificate certificate in path)
        {
            octets[position++] = (byte)'.';
            position += Base64Url.EncodeToUtf8(certificate.Der.Span, octets.AsSpan(position));
        }

        return new(pair, octets, path.Length);
    }

    // The server has the anchor, which signed itself. A certificate that names itself as its issuer may as well be one of a rollover (RFC 5280, 6.1).
    private static ImmutableArray<ClientCertificate> WithoutAnchor(ImmutableArray<ClientCertificate> chain) =>
        chain.Length > 1 && SignedItself(chain[^1]) ? chain[..^1] : chain;

    private static bool SignedItself(ClientCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span)
        && VerificationKey.Import(certificate) is { } key
        && key.Judge(certificate) == true;
}
