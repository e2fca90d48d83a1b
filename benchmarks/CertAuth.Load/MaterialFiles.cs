using System.Text;
using CertAuth.Testing;

namespace CertAuth.Load;

/// <summary>The files of a server in two variants that replace each other. Both contain the material that the clients need; the rest
/// differs. The files are deleted on disposal.</summary>
internal sealed class MaterialFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certauth-load-").FullName;
    private readonly Variant[] _variants;
    private int _written;

    internal MaterialFiles(LoginMaterial material)
    {
        TestTokenKey otherKey = TestTokenKey.Create("other");
        _variants =
        [
            .. Enumerable.Range(0, 2).Select(i =>
            {
                TestCertificate signer = material.IssueSigner();
                return new Variant(
                    Encoding.ASCII.GetBytes(material.Ca.Pem + material.CreateAuthority($"CA {i}").Pem),
                    TestTokenKey.CreateJwkSet(material.TokenKey, otherKey.With(keyId: $"other-{i}")),
                    Encoding.ASCII.GetBytes(signer.Pem),
                    Encoding.ASCII.GetBytes(signer.PrivateKeyPem));
            }),
        ];
        Replace();
    }

    internal string Bundle => Path.Combine(_folder, "ca.pem");

    internal string KeySet => Path.Combine(_folder, "jwks.json");

    internal string Signer => Path.Combine(_folder, "signer.pem");

    internal string SignerKey => Path.Combine(_folder, "signer.key");

    /// <summary>Replaces the current variant by the other one.</summary>
    internal void Replace()
    {
        Variant variant = _variants[_written++ % _variants.Length];
        Replace(Bundle, variant.Bundle);
        Replace(KeySet, variant.KeySet);
        Replace(Signer, variant.Signer);
        Replace(SignerKey, variant.SignerKey);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A rename, so that every reload reads a complete file.
    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes($"{file}.new", content);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private sealed record Variant(byte[] Bundle, byte[] KeySet, byte[] Signer, byte[] SignerKey);
}
