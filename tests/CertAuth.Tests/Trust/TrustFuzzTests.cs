using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Trust;
using FsCheck;
using FsCheck.Fluent;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class TrustFuzzTests
{
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificate s_leaf = s_root.IssueIntermediate(TestName.Of(("CN", "sub")))
        .IssueClient(TestName.Of(("C", "US"), ("CN", "alice")), TestSan.Dns("alice.test"));
    private static readonly TrustBundle s_bundle = Bundle(s_root.Certificate);

    // Flips each bit of the signed part. No result verifies, and no verification throws.
    [Fact]
    public void TryVerify_RejectsALeaf_WhenAnyBitIsFlipped()
    {
        byte[] der = s_leaf.Der.ToArray();
        ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _).Should().BeTrue();
        DerRange tbs = certificate!.Fields.Tbs;

        for (int bit = tbs.Start * 8; bit < (tbs.Start + tbs.Length) * 8; bit++)
        {
            der[bit / 8] ^= (byte)(1 << (bit % 8));
            s_bundle.VerifyChain(der, s_leaf.Chain).Should().NotBe(RejectionReason.None, $"bit {bit}");
            der[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        s_bundle.VerifyChain(der, s_leaf.Chain).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_RejectsRandomBytes() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], byte[]>((leaf, intermediate) =>
        s_bundle.VerifyChain(leaf, [intermediate]).Should().Be(RejectionReason.CertificateMalformed)));

    [Fact]
    public void TryVerify_DoesNotThrow_WhenCertificatesAreMutated()
    {
        Gen<Mutation> mutation = from at in Gen.Choose(0, s_leaf.Der.Length - 1)
                                 from delete in Gen.Choose(0, 8)
                                 from insert in ArbMap.Default.GeneratorFor<byte[]>()
                                 select new Mutation(at, delete, insert);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            byte[] leaf = m.Apply(s_leaf.Der.Span);
            byte[] intermediate = m.Apply(s_leaf.Chain[0].Span);
            bool sameLeaf = leaf.AsSpan().SequenceEqual(s_leaf.Der.Span);
            bool sameIntermediate = intermediate.AsSpan().SequenceEqual(s_leaf.Chain[0].Span);

            (s_bundle.VerifyChain(leaf, s_leaf.Chain) == RejectionReason.None).Should().Be(sameLeaf);
            (s_bundle.VerifyChain(s_leaf.Der, [intermediate]) == RejectionReason.None).Should().Be(sameIntermediate);
        }));
    }

    [Fact]
    public void TryParse_DoesNotThrow_WhenTheFileIsMutated()
    {
        byte[] pem = System.Text.Encoding.ASCII.GetBytes(s_root.Pem + s_leaf.Pem);
        Gen<Mutation> mutation = from at in Gen.Choose(0, pem.Length - 1)
                                 from delete in Gen.Choose(0, 40)
                                 from insert in ArbMap.Default.GeneratorFor<byte[]>()
                                 select new Mutation(at, delete, insert);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            bool loaded = TrustBundle.TryParse(m.Apply(pem), null, out TrustBundle? bundle, out TrustBundleError error);
            (error.Kind == TrustBundleErrorKind.None).Should().Be(loaded);
            error.ToString().Length.Should().BeGreaterThan(0);
            (bundle is null || bundle.Anchors.Length > 0).Should().BeTrue();
        }));
    }

    private sealed record Mutation(int At, int Delete, byte[] Insert)
    {
        internal byte[] Apply(ReadOnlySpan<byte> data)
        {
            int at = Math.Min(At, data.Length);
            return [.. data[..at], .. Insert, .. data[Math.Min(at + Delete, data.Length)..]];
        }
    }
}
