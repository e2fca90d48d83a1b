using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tests.Forwarding;
using CertAuth.Trust;

namespace CertAuth.Tests.Docs;

/// <summary>The vectors of docs/forwarding-format.md, verified by the library and by the openssl command.</summary>
public sealed class ForwardingVectorTests
{
    private static readonly ForwardingVector s_shared = ForwardingVector.All[0];
    private static readonly ForwardingVector s_proxyKey = ForwardingVector.All[1];

    public static TheoryData<int> Vectors => [0, 1];

    [Fact]
    public void Page_HasOneVectorForEachFormat()
    {
        ForwardingVector.All.Count.Should().Be(2);
        s_shared["Signature attribute"].Should().StartWith("v1.");
        s_proxyKey["Signature attribute"].Should().StartWith("v1c.");
    }

    [Theory, MemberData(nameof(Vectors))]
    public async Task Vector_VerifiesAtItsTime(int index)
    {
        ForwardingVector vector = ForwardingVector.All[index];

        (await ReasonAsync(vector, 0)).Should().BeNull();
        (await ReasonAsync(vector, -30)).Should().BeNull();
        (await ReasonAsync(vector, 60 + 30)).Should().BeNull();
        (await ReasonAsync(vector, -31)).Should().Be(RejectionReason.ForwardedInfoIssuedInFuture);
        (await ReasonAsync(vector, 91)).Should().Be(RejectionReason.ForwardedInfoExpired);
        (await ReasonAsync(vector, 0, "bob")).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        byte[] info = vector.Info;
        info[^3] ^= 1;
        (await ReasonAsync(vector, 0, info: info)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
    }

    // The expected bytes are the label, a zero byte, the length and the info.
    [Theory, MemberData(nameof(Vectors))]
    public void Vector_ShowsTheSignedBytes(int index)
    {
        ForwardingVector vector = ForwardingVector.All[index];
        string label = index == 0 ? "TIPROXY-CERT-INFO-V1" : "TIPROXY-CERT-INFO-V1C";
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, vector.Info.Length);

        vector.Signed.Should().Equal([.. Encoding.ASCII.GetBytes(label), 0, .. length, .. vector.Info]);
        vector.Parts.Keys.Should().Contain($"Info, {vector.Info.Length} bytes");
        vector.Parts.Keys.Should().Contain($"Signed bytes, {vector.Signed.Length}, as hex");
    }

    [Fact]
    public void Vector_HasTheCertificatesOfItsPath()
    {
        string[] parts = s_proxyKey["Signature attribute"].Split('.');
        string[] certificates = [.. s_proxyKey["Certificates"].Split("-----BEGIN CERTIFICATE-----\n").Skip(1).Select(
            block => Base64Url.EncodeToString(Convert.FromBase64String(block.Split("\n-----END")[0])))];

        parts[2..].Should().Equal(certificates);
        certificates.Length.Should().Be(2);
    }

    [Theory, MemberData(nameof(Vectors))]
    public void Vector_HasTheKeyOfItsCertificate(int index)
    {
        ForwardingVector vector = ForwardingVector.All[index];

        SigningKeyPair.TryParseAt(Pem(vector, "Certificate"), Pem(vector, "Key"), vector.Time, out _, out KeyPairError error)
            .Should().BeTrue(error.ToString());
    }

    [Theory, MemberData(nameof(Vectors))]
    public void OpenSsl_VerifiesTheVector(int index)
    {
        using OpenSsl openSsl = new();
        ForwardingVector vector = ForwardingVector.All[index];
        byte[] signature = Base64Url.DecodeFromChars(vector["Signature attribute"].Split('.')[1]);
        string signer = openSsl.File("signer.pem", vector["Certificate"]);
        (int exitCode, string publicKey) = openSsl.Run("x509", "-in", signer, "-pubkey", "-noout");
        exitCode.Should().Be(0);
        string key = openSsl.File("key.pem", publicKey), message = openSsl.File("signed.bin", vector.Signed);
        string[] padding = index == 0
            ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-sigopt", "rsa_mgf1_md:sha256"]
            : [];
        string der = openSsl.File("signature.bin", index == 0 ? signature : ToDer(signature));

        openSsl.Do(["dgst", "-sha256", "-verify", key, .. padding, "-signature", der, message]);
        openSsl.Run(["dgst", "-sha256", "-verify", key, .. padding, "-signature", der, openSsl.File("info.json", vector.Info)]).ExitCode
            .Should().NotBe(0);
    }

    [Fact]
    public void OpenSsl_VerifiesThePathOfTheVector()
    {
        using OpenSsl openSsl = new();
        string ca = openSsl.File("ca.pem", s_proxyKey["CA of the proxies"]), path = openSsl.File("path.pem", s_proxyKey["Certificates"]);

        openSsl.Do(
            "verify", "-CAfile", ca, "-untrusted", path, "-purpose", "sslclient",
            "-attime", s_proxyKey.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), path);
    }

    private static async Task<RejectionReason?> ReasonAsync(ForwardingVector vector, int seconds, string? user = null, byte[]? info = null)
    {
        FixedClock clock = new(vector.Time.AddSeconds(seconds));
        CertInfoTokenVerifier verifier = new(new()
        {
            SharedKey = vector == s_shared ? Ring(vector, clock) : null,
            ProxySigners = vector == s_proxyKey
                ? new()
                {
                    Trust = Source.Fixed(TrustBundle.Parse(Pem(vector, "CA of the proxies"), new() { TimeProvider = clock })),
                    SubjectAlternativeNames = [SubjectAlternativeName.Parse("DNS:proxy-1.example")],
                }
                : null,
            TimeProvider = clock,
        });
        ConnectionAttributes attributes = Tokens.Attributes(info ?? vector.Info, vector["Signature attribute"]);
        CertInfoResult result = await verifier.VerifyAsync(
            attributes, user ?? vector["User"], vector.Challenge, TestContext.Current.CancellationToken);
        return result.Rejection?.Reason;
    }

    private static ISource<SigningCertificateRing> Ring(ForwardingVector vector, TimeProvider clock)
    {
        byte[] pem = Pem(vector, "Certificate");
        Assert.True(
            SigningCertificate.TryParseAt(pem, vector.Time, out SigningCertificate? certificate, out KeyPairError error), $"{error}");
        return Source.Fixed(SigningCertificateRing.Create(certificate, new() { TimeProvider = clock }));
    }

    private static byte[] Pem(ForwardingVector vector, string part) => Encoding.ASCII.GetBytes(vector[part] + "\n");

    // SEQUENCE { r INTEGER, s INTEGER }, which openssl expects (RFC 3279, 2.2.3).
    private static byte[] ToDer(byte[] signature)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(0, signature.Length / 2), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(signature.Length / 2), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }
}
