using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Keys;

/// <summary>Reads the AlgorithmIdentifier of a signature (RFC 5280, 4.1.1.2).</summary>
internal static class SignatureSchemeReader
{
    /// <summary>Reads a DER-encoded AlgorithmIdentifier. Returns null if signatures of the algorithm are not verified.</summary>
    internal static SignatureScheme? ReadOrNull(ReadOnlySpan<byte> algorithmIdentifier)
    {
        DerReader outer = new(algorithmIdentifier);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
            return null;

        SignatureScheme? scheme = SignatureScheme.FindByOid(oid);
        ReadOnlySpan<byte> parameters = body[parts.Position..];
        if (scheme?.Padding == RSASignaturePadding.Pss)
            return PssParameters.ReadOrNull(parameters);

        // RFC 4055, 5: the parameters of RSA PKCS #1 signatures are NULL, but absent ones must be accepted. Others are absent.
        return scheme?.Key switch
        {
            null or PublicKeyKind.Unknown => null,
            PublicKeyKind.Rsa when parameters is [DerTag.Null, 0] => scheme,
            _ => parameters.IsEmpty ? scheme : null,
        };
    }
}
