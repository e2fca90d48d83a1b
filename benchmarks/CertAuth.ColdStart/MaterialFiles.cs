using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.ColdStart;

/// <summary>The files of one login of each kind, all with RSA-2048, in a folder that is deleted on disposal.</summary>
/// <remarks>The files are valid for five minutes, the lifetime of the cert-info token.</remarks>
internal sealed class MaterialFiles : IDisposable
{
    private const int ChallengeBytes = 20;

    private readonly TestKey _key = TestKey.Create(TestKeyType.Rsa2048);
    private readonly TestCertificateAuthority _ca;
    private readonly TestCertificate _leaf;

    internal MaterialFiles()
    {
        _ca = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "CA")), new() { Key = _key });
        _leaf = _ca.Issue(new()
        {
            Subject = TestName.Of(("C", "US"), ("O", "Example"), ("OU", "Databases"), ("CN", Material.UserName)),
            Sans = [TestSan.Uri($"spiffe://example.org/service/{Material.UserName}")],
            Key = _key,
        });
        Write("ca.pem", Encoding.ASCII.GetBytes(_ca.Pem));
        Write("leaf.der", _leaf.Der.Span);
        WriteBare();
        WriteToken();
        WriteCertInfo();
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("certauth-coldstart-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void WriteCertInfo()
    {
        TestCertificate signer = _ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), Key = _key });
        byte[] pem = Encoding.ASCII.GetBytes(signer.Pem);
        byte[] challenge = RandomNumberGenerator.GetBytes(ChallengeBytes);
        TrustBundle bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(_ca.Pem));
        if (!SigningKeyPair.TryParse(pem, Encoding.ASCII.GetBytes(signer.PrivateKeyPem), null, out SigningKeyPair? pair, out _)
            || !bundle.TryVerify(_leaf.Der.Span, [], out VerifiedCertificate? verified, out _))
        {
            throw new InvalidOperationException("The signer cannot be loaded, or the leaf does not verify.");
        }

        TlsConnectionInfo client = new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = TlsCipherSuite.TLS_AES_256_GCM_SHA384,
            ClientCertificate = verified,
            ClientCertificateRequested = true,
        };
        CertInfoTokenIssuer issuer = new(Source.Fixed(pair), new() { Lifetime = TimeSpan.FromMinutes(5) });
        if (!issuer.TryIssue(client, Material.UserName, challenge, out CertInfoToken? token, out Rejection? rejection))
            throw new InvalidOperationException($"{rejection}");

        Write("signer.pem", pem);
        Write("challenge", challenge);
        Write("info", token.Info.Span);
        Write("info.sig", token.Signature.Span);
    }

    private void WriteBare()
    {
        using RSA pair = RSA.Create();
        pair.ImportFromPem(_key.PrivateKeyPem);
        byte[] hash = SHA256.HashData("one login"u8);
        Write("bare.spki", _key.SubjectPublicKeyInfo.Span);
        Write("bare.hash", hash);
        Write("bare.sig", pair.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private void WriteToken()
    {
        TestTokenKey key = TestTokenKey.FromPem("the-key", _key.PrivateKeyPem);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string token = key.Mint(new JsonObject
        {
            ["sub"] = Material.UserName,
            ["email"] = Material.Email,
            ["iss"] = Material.Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddDays(1).ToUnixTimeSeconds(),
        });
        Write("jwks.json", TestTokenKey.CreateJwkSet(key));
        Write("token", Encoding.ASCII.GetBytes(token));
    }

    private void Write(string name, ReadOnlySpan<byte> content) => File.WriteAllBytes(Path.Combine(Folder, name), content);
}
