namespace CertAuth.Benchmarks;

/// <summary>The unit of all ratios: one RSA-2048 verification, PKCS #1 with SHA-256, with an existing key object.</summary>
internal sealed class RsaVerification
{
    private readonly RSA _key = RSA.Create();
    private readonly byte[] _hash = SHA256.HashData("one login"u8);
    private readonly byte[] _signature;

    internal RsaVerification()
    {
        using RSA pair = RSA.Create(2048);
        _signature = pair.SignHash(_hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _key.ImportSubjectPublicKeyInfo(pair.ExportSubjectPublicKeyInfo(), out _);
    }

    internal bool Verify() => _key.VerifyHash(_hash, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
