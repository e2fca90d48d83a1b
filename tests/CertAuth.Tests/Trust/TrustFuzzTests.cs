using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Testing;
using CertAuth.Tests.Support;
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

    // Every octet of the signed part, each of its bits: nothing verifies, nothing throws.
    [Fact]
    public void TryVerify_RefusesALeafWithAnyFlippedBit()
    {
        byte[] der = s_leaf.Der.ToArray();
        Assert.True(ClientCertificate.TryRead(der, out ClientCertificate? certificate, out _));
        DerRange tbs = certificate!.Fields.Tbs;

        for (int bit = tbs.Start * 8; bit < (tbs.Start + tbs.Length) * 8; bit++)
        {
            der[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(s_bundle.Judge(der, s_leaf.Chain) != FailureReason.None, $"bit {bit}");
            der[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(FailureReason.None, s_bundle.Judge(der, s_leaf.Chain));
    }

    [Fact]
    public void TryVerify_RefusesRandomOctets() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], byte[]>((leaf, intermediate) =>
        Assert.Equal(FailureReason.CertificateMalformed, s_bundle.Judge(leaf, [intermediate]))));

    [Fact]
    public void TryVerify_SurvivesMutations()
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

            Assert.Equal(sameLeaf, s_bundle.Judge(leaf, s_leaf.Chain) == FailureReason.None);
            Assert.Equal(sameIntermediate, s_bundle.Judge(s_leaf.Der, [intermediate]) == FailureReason.None);
        }));
    }

    [Fact]
    public void TryLoad_SurvivesMutations()
    {
        byte[] pem = System.Text.Encoding.ASCII.GetBytes(s_root.Pem + s_leaf.Pem);
        Gen<Mutation> mutation = from at in Gen.Choose(0, pem.Length - 1)
                                 from delete in Gen.Choose(0, 40)
                                 from insert in ArbMap.Default.GeneratorFor<byte[]>()
                                 select new Mutation(at, delete, insert);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            bool loaded = TrustBundle.TryLoad(m.Apply(pem), null, out TrustBundle? bundle, out TrustBundleError error);
            Assert.Equal(loaded, error.Kind == TrustBundleErrorKind.None);
            Assert.True(error.ToString().Length > 0);
            Assert.True(bundle is null || bundle.Anchors.Length > 0);
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
