using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>A signature algorithm, as an AlgorithmIdentifier of X.509 specifies it (RFC 3279, RFC 4055, RFC 5758).</summary>
/// <param name="Key">The kind of key; <see cref="PublicKeyKind.Unknown"/> if the algorithm is not supported.</param>
/// <param name="Hash">The hash algorithm.</param>
/// <param name="Padding">The padding of an RSA signature; otherwise, null.</param>
internal readonly record struct SignatureScheme(PublicKeyKind Key, HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    /// <summary>Reads the algorithm with which a certificate is signed.</summary>
    internal static SignatureScheme Read(ParsedCertificate certificate) =>
        Read(certificate.Fields.SignatureAlgorithm.Slice(certificate.Der.Span));

    /// <summary>Reads a DER-encoded AlgorithmIdentifier.</summary>
    internal static SignatureScheme Read(ReadOnlySpan<byte> algorithmIdentifier)
    {
        DerReader outer = new(algorithmIdentifier);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
            return default;

        ReadOnlySpan<byte> parameters = body[parts.Position..];

        // RFC 4055, 5: the parameters of RSA PKCS #1 signatures are NULL, but absent ones must be accepted.
        bool isAbsent = parameters.IsEmpty;
        bool isNull = parameters is [DerTag.Null, 0];
        return oid switch
        {
            [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10] => PssParameters.Read(parameters),
            [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, var n] when isAbsent || isNull => CreateRsaPkcs1(n switch
            {
                4 => HashAlgorithmName.MD5,
                5 => HashAlgorithmName.SHA1,
                11 => HashAlgorithmName.SHA256,
                12 => HashAlgorithmName.SHA384,
                13 => HashAlgorithmName.SHA512,
                _ => default,
            }),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1] when isAbsent => CreateEcdsa(HashAlgorithmName.SHA1),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2] when isAbsent => CreateEcdsa(HashAlgorithmName.SHA256),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3] when isAbsent => CreateEcdsa(HashAlgorithmName.SHA384),
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4] when isAbsent => CreateEcdsa(HashAlgorithmName.SHA512),
            _ => default,
        };
    }

    /// <summary>Writes the hash of data to the start of a buffer, and returns that part of it. A hash has at most 64 bytes.</summary>
    internal ReadOnlySpan<byte> HashData(ReadOnlySpan<byte> data, Span<byte> destination) =>
        destination[..CryptographicOperations.HashData(Hash, data, destination)];

    private static SignatureScheme CreateRsaPkcs1(HashAlgorithmName hash) =>
        hash.Name is null ? default : new(PublicKeyKind.Rsa, hash, RSASignaturePadding.Pkcs1);

    private static SignatureScheme CreateEcdsa(HashAlgorithmName hash) => new(PublicKeyKind.Ec, hash, null);
}
