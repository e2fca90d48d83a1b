using System.Buffers.Text;
using System.Security.Cryptography.Pkcs;
using System.Text.Json;

namespace CertAuth.Ratios.Suites;

/// <summary>The same decision without the library: a naive implementation, and CMS.</summary>
/// <remarks>Both read the members into strings and check user, nonce and expiry. They do not parse the names.</remarks>
internal sealed class CertInfoPeers
{
    private readonly byte[] _certificate, _info, _signed, _cms;
    private readonly string _signature, _user, _nonce;
    private readonly TimeProvider _clock;

    internal CertInfoPeers(
        TestCertificate signer, byte[] info, byte[] signed, byte[] signature, string user, byte[] challenge, TimeProvider clock)
    {
        (_certificate, _info, _signed, _user, _clock) = (signer.Der.ToArray(), info, signed, user, clock);
        (_signature, _nonce) = (Base64Url.EncodeToString(signature), Base64Url.EncodeToString(challenge));

        using X509Certificate2 certificate = signer.ToX509Certificate2();
        SignedCms cms = new(new ContentInfo(info));
        cms.ComputeSignature(new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly });
        _cms = cms.Encode();
    }

    /// <summary>Verifies with the key from the certificate, which is read each time.</summary>
    internal bool VerifyNaively()
    {
        byte[] signature = Base64Url.DecodeFromChars(_signature);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(_certificate);
        using RSA? rsa = certificate.GetRSAPublicKey();
        using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
        bool isSigned = rsa?.VerifyData(_signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            ?? ecdsa!.VerifyData(_signed, signature, HashAlgorithmName.SHA256);
        return isSigned && IsValid(_info);
    }

    /// <summary>Verifies CMS SignedData that contains the info and the signer's certificate, and compares the certificate with the trusted
    /// one.</summary>
    internal bool VerifySignedCms()
    {
        SignedCms cms = new();
        cms.Decode(_cms);
        cms.CheckSignature(verifySignatureOnly: true);
        return cms.SignerInfos.Count == 1 && cms.SignerInfos[0].Certificate!.RawDataMemory.Span.SequenceEqual(_certificate)
            && IsValid(cms.ContentInfo.Content);
    }

    private bool IsValid(byte[] info)
    {
        Dictionary<string, JsonElement> members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(info)!;
        string[] facts = [.. new[] { "subject", "issuer", "SAN", "cipher", "tls", "ciphers" }.Select(name => members[name].GetString()!)];
        return facts.Length == 6
            && members["user"].GetString() == _user
            && members["exp"].GetInt64() >= _clock.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(members["nonce"].GetString()!), Encoding.ASCII.GetBytes(_nonce));
    }
}
