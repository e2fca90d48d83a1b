using System.Text;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Tests.Support;

/// <summary>Trust bundles of test certificates, and their verdicts as a <see cref="RejectionReason"/>.</summary>
internal static class TrustExtensions
{
    internal static TrustBundle Bundle(params ReadOnlySpan<TestCertificate> certificates) => Bundle(new TrustBundleOptions(), certificates);

    internal static TrustBundle Bundle(TrustBundleOptions options, params ReadOnlySpan<TestCertificate> certificates)
    {
        StringBuilder pem = new();
        foreach (TestCertificate certificate in certificates)
            pem.Append(certificate.Pem);
        return TrustBundle.Parse(Encoding.ASCII.GetBytes(pem.ToString()), options);
    }

    /// <summary>Verifies a certificate with its intermediates. Returns None if it verifies.</summary>
    internal static RejectionReason VerifyChain(this TrustBundle bundle, TestCertificate leaf) => bundle.VerifyChain(leaf.Der, leaf.Chain);

    /// <summary>Verifies a certificate with the other certificates sent. Returns None if it verifies.</summary>
    internal static RejectionReason VerifyChain(this TrustBundle bundle, ReadOnlyMemory<byte> leaf, IEnumerable<ReadOnlyMemory<byte>> sent)
    {
        bool accepted = bundle.TryVerify(leaf.Span, [.. sent], out VerifiedCertificate? verified, out Rejection? rejection);

        (verified is not null).Should().Be(accepted);
        (rejection is null).Should().Be(accepted);
        (accepted || rejection!.ToString().Length > 0).Should().BeTrue();
        return rejection?.Reason ?? RejectionReason.None;
    }
}
