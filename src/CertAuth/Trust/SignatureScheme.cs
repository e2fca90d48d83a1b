using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>How a certificate is signed: read from its AlgorithmIdentifier (RFC 3279, RFC 4055, RFC 5758).</summary>
/// <param name="Key">The kind of key that can make it; Unknown for an algorithm that can't be verified here.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Padding">The padding of an RSA signature.</param>
internal readonly record struct SignatureScheme(PublicKeyKind Key, HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    /// <summary>How a certificate is signed.</summary>
    internal static SignatureScheme Of(ParsedCertificate certificate) =>
        Read(certificate.Fields.SignatureAlgorithm.Slice(certificate.Der.Span));

    /// <summary>Reads an AlgorithmIdentifier, tag and length included.</summary>
    internal static SignatureScheme Read(ReadOnlySpan<byte> algorithmIdentifier)
    {
        DerReader outer = new(algorithmIdentifier);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
            return default;

        ReadOnlySpan<byte> parameters = body[parts.Position..];

        // RFC 4055, 5: the parameters of RSA PKCS#1 signatures are NULL, and must be accepted when absent.
        bool noParameters = parameters.IsEmpty;
        bool nullParameters = parameters is [DerTag.Null, 0];
        return oid switch
        {
            [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10] => PssParameters.Read(parameters),
            [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, var n] when noParameters || nullParameters => RsaPkcs1(n switch
            {
                4 => HashAlgorithmName.MD5,
                5 => HashAlgorithmName.SHA1,
                11 => HashAlgorithmName.SHA256,
                12 => HashAlgorithmName.SHA384,
                13 => HashAlgorithmName.SHA512,
                _ => default,
            }),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1] when noParameters => Ecdsa(HashAlgorithmName.SHA1),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2] when noParameters => Ecdsa(HashAlgorithmName.SHA256),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3] when noParameters => Ecdsa(HashAlgorithmName.SHA384),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4] when noParameters => Ecdsa(HashAlgorithmName.SHA512),
            _ => default,
        };
    }

    /// <summary>Hashes data with the scheme's hash into at most 64 octets.</summary>
    internal ReadOnlySpan<byte> HashData(ReadOnlySpan<byte> data, Span<byte> destination) =>
        destination[..CryptographicOperations.HashData(Hash, data, destination)];

    private static SignatureScheme RsaPkcs1(HashAlgorithmName hash) =>
        hash.Name is null ? default : new(PublicKeyKind.Rsa, hash, RSASignaturePadding.Pkcs1);

    private static SignatureScheme Ecdsa(HashAlgorithmName hash) => new(PublicKeyKind.Ec, hash, null);
}
