using System.Security.Cryptography;

namespace CertAuth.ColdStart.Probes;

/// <summary>The baseline: the import of a key and one verification.</summary>
internal sealed class BareProbe(Material material) : Probe
{
    private RSA? _key;

    protected override void Prepare()
    {
        _key = RSA.Create();
        _key.ImportSubjectPublicKeyInfo(material.PublicKey, out _);
    }

    protected override bool Decide() =>
        _key!.VerifyHash(material.Hash, material.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
