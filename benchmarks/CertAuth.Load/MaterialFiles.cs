namespace CertAuth.Load;

/// <summary>The files of a server in two variants that replace each other. Both contain the material that the clients need; the rest
/// differs.</summary>
internal sealed class MaterialFiles : IDisposable
{
    private readonly TempFolder _folder = new("load");
    private readonly (string Path, byte[] Content)[][] _variants;
    private int _written;

    internal MaterialFiles(LoginMaterial material)
    {
        TestTokenKey other = TestTokenKey.Create("other");
        _variants = [.. Enumerable.Range(0, 2).Select(i =>
        {
            TestCertificate signer = material.IssueSigner();
            return new[]
            {
                (Bundle, Encoding.ASCII.GetBytes(material.Ca.Pem + material.CreateAuthority($"CA {i}").Pem)),
                (KeySet, TestTokenKey.CreateJwkSet(material.Minter.Key, other.With(keyId: $"other-{i}"))),
                (Signer, Encoding.ASCII.GetBytes(signer.Pem)),
                (SignerKey, Encoding.ASCII.GetBytes(signer.PrivateKeyPem)),
            };
        })];
        Replace();
    }

    internal string Bundle => _folder.GetPath("ca.pem");

    internal string KeySet => _folder.GetPath("jwks.json");

    internal string Signer => _folder.GetPath("signer.pem");

    internal string SignerKey => _folder.GetPath("signer.key");

    /// <summary>Replaces the current variant by the other one.</summary>
    internal void Replace()
    {
        foreach ((string path, byte[] content) in _variants[_written++ % _variants.Length])
            _folder.Write(path, content);
    }

    public void Dispose() => _folder.Dispose();
}
