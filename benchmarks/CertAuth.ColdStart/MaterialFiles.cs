using System.Net.Security;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;

namespace CertAuth.ColdStart;

/// <summary>The files of one login of each kind, all with RSA-2048.</summary>
internal sealed class MaterialFiles : IDisposable
{
    private readonly TempFolder _folder = new("coldstart");
    private readonly TestKey _key = TestKey.Create(TestKeyType.Rsa2048);

    internal MaterialFiles()
    {
        TestCertificateAuthority ca =
            TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "CA")), new() { Key = _key });
        TestCertificate leaf = ca.Issue(new()
        {
            Subject = TestName.Of(("C", "US"), ("O", "Example"), ("OU", "Databases"), ("CN", Probes.UserName)),
            Sans = [TestSan.Uri($"spiffe://example.org/service/{Probes.UserName}")],
            Key = _key,
        });
        _folder.Write("ca.pem", ca.Pem);
        _folder.Write("leaf.der", leaf.Der.Span);
        WriteBare();
        WriteToken();
        WriteCertInfo(ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), Key = _key }), Logins.Verify(Logins.Bundle(ca), leaf.Der));
    }

    internal string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();

    private void WriteCertInfo(TestCertificate signer, VerifiedCertificate client)
    {
        // The longest lifetime, because the processes of a round run one after the other.
        CertInfoTokenIssuerOptions options = new() { Lifetime = TimeSpan.FromMinutes(5) };
        byte[] challenge = TestProxySigner.AnyChallenge.ToArray();
        CertInfoToken token = Logins.Forward(
            new(Source.Fixed(new TestProxySigner(signer, options).KeyPair), options),
            Logins.Connect(client, cipher: TlsCipherSuite.TLS_AES_256_GCM_SHA384),
            Probes.UserName,
            challenge);
        _folder.Write("signer.pem", signer.Pem);
        _folder.Write("challenge", challenge);
        _folder.Write("info", token.Info.Span);
        _folder.Write("info.sig", token.Signature.Span);
    }

    private void WriteBare()
    {
        using RSA pair = RSA.Create();
        pair.ImportFromPem(_key.PrivateKeyPem);
        byte[] hash = SHA256.HashData("one login"u8);
        _folder.Write("bare.spki", _key.SubjectPublicKeyInfo.Span);
        _folder.Write("bare.hash", hash);
        _folder.Write("bare.sig", pair.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private void WriteToken()
    {
        TestTokenMinter minter = new(new() { Algorithm = SignatureAlgorithm.RS256, Key = _key, Issuer = Probes.Issuer });
        _folder.Write("jwks.json", minter.JwkSet);
        _folder.Write("token", minter.Mint(Probes.UserName, Probes.Email));
    }
}
