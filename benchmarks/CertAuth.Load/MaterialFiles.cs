namespace CertAuth.Load;

/// <summary>The files of a server in two variants that replace each other. Both contain the material that the clients need; the rest
/// differs.</summary>
internal sealed class MaterialFiles : IDisposable
{
    private readonly TempFolder _folder = new("load");
    private readonly byte[][][] _variants;
    private int _written;

    internal MaterialFiles(LoginMaterial material)
    {
        Paths = [.. new[] { "ca.pem", "jwks.json", "signer.pem", "signer.key" }.Select(_folder.GetPath)];
        TestTokenKey otherKey = TestTokenKey.Create("other");
        _variants = [.. Enumerable.Range(0, 2).Select(i => CreateVariant(material, i, otherKey))];
        Replace();
    }

    /// <summary>The files of CA bundle, JWK set, signing certificate and its key.</summary>
    internal IReadOnlyList<string> Paths { get; }

    /// <summary>Replaces the current variant by the other one.</summary>
    internal void Replace()
    {
        byte[][] variant = _variants[_written++ % _variants.Length];
        for (int i = 0; i < variant.Length; i++)
            _folder.Write(Paths[i], variant[i]);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[][] CreateVariant(LoginMaterial material, int number, TestTokenKey otherKey)
    {
        TestCertificate signer = material.IssueSigner();
        return
        [
            Pem(material.Ca.Pem + material.CreateAuthority($"CA {number}").Pem),
            TestTokenKey.CreateJwkSet(material.TokenKey, otherKey.With(keyId: $"other-{number}")),
            Pem(signer.Pem),
            Pem(signer.PrivateKeyPem),
        ];

        static byte[] Pem(string text) => System.Text.Encoding.ASCII.GetBytes(text);
    }
}
