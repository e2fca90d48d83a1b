namespace CertAuth.ColdStart;

/// <summary>The files of one login of each kind, all with RSA-2048.</summary>
internal sealed class MaterialFiles : IDisposable
{
    private readonly TempFolder _folder = new("coldstart");

    internal MaterialFiles()
    {
        LoginMaterial material = new(TimeProvider.System);
        byte[] leaf = material.IssueLeaf(Probes.UserName), hash = SHA256.HashData("one login"u8);
        CertInfoToken forwarded = material.Forward(Probes.UserName, leaf);
        _folder.Write("ca.pem", material.Ca.Pem);
        _folder.Write("leaf.der", leaf);
        _folder.Write("jwks.json", material.Minter.JwkSet);
        _folder.Write("token", material.Mint(Probes.UserName));
        _folder.Write("signer.pem", material.IssueSigner().Pem);
        _folder.Write("challenge", material.Challenge);
        _folder.Write("info", forwarded.Info.Span);
        _folder.Write("info.sig", forwarded.Signature.Span);

        using RSA pair = RSA.Create();
        pair.ImportFromPem(material.Ca.Key.PrivateKeyPem);
        _folder.Write("bare.spki", material.Ca.Key.SubjectPublicKeyInfo.Span);
        _folder.Write("bare.hash", hash);
        _folder.Write("bare.sig", pair.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    internal string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
