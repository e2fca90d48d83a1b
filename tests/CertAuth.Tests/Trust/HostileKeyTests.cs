using System.Security.Cryptography;
using CertAuth.Certificates;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>The work is bounded if a peer sends keys with which signatures are slow to verify: 63 certificates, forged or signed by a
/// genuine intermediate.</summary>
public sealed class HostileKeyTests(ITestOutputHelper output)
{
    private const int RsaBytes = 8192 / 8;

    private static readonly byte[] s_ecdsaSha256 = Sequence(Oid("1.2.840.10045.4.3.2"));
    private static readonly byte[] s_rsaSha512 = Sequence(Oid("1.2.840.113549.1.1.13"), Tlv(5));
    private static readonly byte[] s_subName = Name((CommonName, "sub"));

    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));
    private static readonly TestCertificateAuthority s_sub = s_root.IssueIntermediate(TestName.FromDer(s_subName));

    // With the largest modulus and exponent that are accepted, and with a leaf of nearly the maximum size.
    [Theory]
    [InlineData(0)]
    [InlineData(120_000)]
    public void TryVerify_IsBounded_WhenRsaKeysAreHuge(int padding)
    {
        ReadOnlyMemory<byte>[] sent = [s_sub.Der, .. Enumerable.Range(0, 62).Select(i => (ReadOnlyMemory<byte>)RsaIntermediate(i))];
        byte[] leaf = new CraftedCertificate
        {
            Issuer = s_subName,
            SignedAlgorithm = s_rsaSha512,
            Algorithm = s_rsaSha512,
            NotAfter = CraftedCertificate.Time("491231235959Z"),
            Extensions = [CraftedCertificate.Extension("1.2.3", new byte[padding])],
            Signature = Tlv(3, [0, 1, .. new byte[RsaBytes - 1]]),
        }.Encode();

        AssertBounded(RejectionReason.UntrustedIssuer, leaf, sent, s_stranger);
        AssertBounded(RejectionReason.PathSearchExhausted, leaf, sent, s_root);
    }

    [Theory]
    [InlineData(TestKeyType.P384, 0)]
    [InlineData(TestKeyType.P521, 0)]
    [InlineData(TestKeyType.P384, 120_000)]
    [InlineData(TestKeyType.P521, 120_000)]
    public void TryVerify_IsBounded_WhenCurvesAreSlow(TestKeyType type, int padding)
    {
        TestName name = TestName.FromDer(s_subName);
        TestExtension[] large = [new("1.2.3", false, new byte[padding])];
        TestCertificateAuthority[] subs =
            [.. Enumerable.Range(0, 63).Select(_ => s_root.IssueIntermediate(name, new() { KeyType = type, Extensions = large }))];
        TestCertificate leaf = TestCertificateAuthority.Create(name, new() { KeyType = type }).Issue(new()
        {
            Subject = TestName.Of(("CN", "alice")),
            Extensions = large,
        });

        AssertBounded(RejectionReason.UntrustedIssuer, leaf.Der, [.. subs.Select(s => s.Der)], s_stranger);
        AssertBounded(RejectionReason.PathSearchExhausted, leaf.Der, [.. subs.Select(s => s.Der)], s_root);
    }

    // Each forged intermediate that names a CA of the bundle costs a failed check with the key of each such CA, up to the limit.
    [Theory]
    [InlineData(TestKeyType.P384, 1)]
    [InlineData(TestKeyType.P384, 3)]
    [InlineData(TestKeyType.P521, 3)]
    [InlineData(TestKeyType.Rsa4096, 1)]
    public void TryVerify_IsBounded_WhenIntermediatesAreForged(TestKeyType type, int generations)
    {
        TestKey key = TestKey.Create(type);
        TestCertificateAuthority real = TestCertificateAuthority.Create(TestName.FromDer(s_subName), new() { Key = key });
        TestCertificateAuthority[] anchors = [real, .. Enumerable.Range(1, generations - 1).Select(_ => real.Rotate())];
        TestCertificateAuthority forger = TestCertificateAuthority.Create(TestName.FromDer(s_subName), new() { Key = key });
        TestCertificateRequest request = new() { Subject = TestName.FromDer(s_subName), IsCa = true, CorruptSignature = true };
        ReadOnlyMemory<byte>[] sent = [.. Enumerable.Range(0, 63).Select(_ => forger.Issue(request).Der)];
        TestCertificate leaf = forger.Issue(new() { Subject = TestName.Of(("CN", "alice")), CorruptSignature = true });

        AssertBounded(null, leaf.Der, sent, anchors);
    }

    // A genuine intermediate with a slow key issued 62 CAs with slow keys.
    [Theory]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.P521)]
    public void TryVerify_IsBounded_WhenAnIntermediateHasASlowKey(TestKeyType type)
    {
        TestName name = TestName.FromDer(s_subName);
        TestCertificateAuthority sub = s_root.IssueIntermediate(name, new() { KeyType = type });
        TestCertificateAuthority[] below = [.. Enumerable.Range(0, 62).Select(_ => sub.IssueIntermediate(name, new() { KeyType = type }))];
        TestCertificate leaf = below[0].Issue(new() { Subject = TestName.Of(("CN", "alice")), CorruptSignature = true });

        AssertBounded(RejectionReason.PathSearchExhausted, leaf.Der, [sub.Der, .. below.Select(s => s.Der)], s_root);
    }

    // Creates a CA certificate with a huge RSA key that the genuine intermediate signed.
    private static byte[] RsaIntermediate(int seed)
    {
        byte[] modulus = new byte[RsaBytes];
        new Random(seed).NextBytes(modulus);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        byte[] key = Sequence(Tlv(2, [0, .. modulus]), Tlv(2, [0, 0xFF, 0xFF, 0xFF, 0xFF]));
        CraftedCertificate certificate = new()
        {
            Issuer = s_subName,
            Subject = s_subName,
            SignedAlgorithm = s_ecdsaSha256,
            Algorithm = s_ecdsaSha256,
            NotAfter = CraftedCertificate.Time("491231235959Z"),
            PublicKey = Sequence(Sequence(Oid("1.2.840.113549.1.1.1"), Tlv(5)), Tlv(3, [0, .. key])),
            Extensions = [CraftedCertificate.Extension("2.5.29.19", Sequence(Tlv(1, [0xFF])))],
        };
        using ECDsa signer = ECDsa.Create();
        signer.ImportFromPem(s_sub.Key.PrivateKeyPem);
        byte[] signature = signer.SignData(certificate.Tbs, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return (certificate with { Signature = Tlv(3, [0, .. signature]) }).Encode();
    }

    private void AssertBounded(
        RejectionReason? expected,
        ReadOnlyMemory<byte> leaf,
        IReadOnlyList<ReadOnlyMemory<byte>> sent,
        params TestCertificateAuthority[] anchors)
    {
        ParsedCertificate.TryParse(leaf.Span, out _, out CertificateError error).Should().BeTrue(error.ToString());
        VerificationCost cost = VerificationCost.Measure(leaf, sent, [.. anchors.Select(a => a.Certificate)]);
        output.WriteLine($"{leaf.Length} + {sent.Sum(s => s.Length)} bytes: {cost}");
        cost.AssertIsBounded(expected);
    }
}
