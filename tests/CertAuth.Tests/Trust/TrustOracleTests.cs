using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Random chains, judged by us, by X509Chain and by <c>openssl verify</c>: whatever we accept they accept.</summary>
public sealed class TrustOracleTests
{
    private const int Seed = 20260517;
    private const int ChainsForDotNet = 150;
    private const int ChainsForOpenSsl = 40;

    [Fact]
    public void TryVerify_AcceptsNothingThatX509ChainRefuses()
    {
        // X509Chain tries one issuer of a name and walks paths through several CAs of one name wrongly.
        RandomChains chains = new(Seed, namesake: null);
        int accepted = 0;
        for (int i = 0; i < ChainsForDotNet; i++)
        {
            (TestCertificateAuthority root, TestCertificate leaf, string what) = chains.Next();
            if (Bundle(root.Certificate).Judge(leaf) != FailureReason.None)
                continue;

            accepted++;
            X509ChainStatusFlags status = JudgeByDotNet(root, leaf);
            Assert.True(status == X509ChainStatusFlags.NoError, $"chain {i}: {status}: {what}");
        }

        Assert.InRange(accepted, ChainsForDotNet / 10, ChainsForDotNet * 9 / 10);
    }

    [Fact]
    public void TryVerify_AcceptsNothingThatOpenSslRefuses()
    {
        using OpenSsl openSsl = new();
        RandomChains chains = new(Seed + 1, namesake: "root");
        int accepted = 0;
        for (int i = 0; i < ChainsForOpenSsl; i++)
        {
            (TestCertificateAuthority root, TestCertificate leaf, string what) = chains.Next();
            if (Bundle(root.Certificate).Judge(leaf) != FailureReason.None)
                continue;

            accepted++;
            (int exitCode, string output) = openSsl.Verify(root, leaf, "-purpose", "sslclient");
            Assert.True(exitCode == 0, $"chain {i}: {what}: {output}");
        }

        Assert.InRange(accepted, ChainsForOpenSsl / 10, ChainsForOpenSsl * 9 / 10);
    }

    private static X509ChainStatusFlags JudgeByDotNet(TestCertificateAuthority root, TestCertificate leaf)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new(TestCertificateRequest.ClientAuth));
        chain.ChainPolicy.CustomTrustStore.Add(root.ToX509Certificate2());
        foreach (ReadOnlyMemory<byte> der in leaf.Chain)
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(der.Span));
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(leaf.Der.Span);
        bool built = chain.Build(certificate);
        X509ChainStatusFlags status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        Assert.Equal(built, status == X509ChainStatusFlags.NoError);
        return status;
    }

    /// <summary>Chains with up to four intermediates, about half of them with a fault or an oddity somewhere.</summary>
    private sealed class RandomChains(int seed, string? namesake)
    {
        // Fixed seed: a failure can be repeated.
        private readonly Random _random = new(seed);

        internal (TestCertificateAuthority Root, TestCertificate Leaf, string What) Next()
        {
            List<string> what = [];
            TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")), Ca(what));
            TestCertificateAuthority ca = root;
            int intermediates = _random.Next(5);
            for (int i = 0; i < intermediates; i++)
                ca = ca.IssueIntermediate(TestName.Of(("CN", Often() ? $"sub {i}" : namesake ?? $"sub {i}")), Ca(what));

            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            TestCertificateRequest leaf = new() { Subject = TestName.Of(("CN", "alice")) };
            leaf = _random.Next(12) switch
            {
                0 => leaf with { NotAfter = now.AddDays(-1) },
                1 => leaf with { NotBefore = now.AddDays(1) },
                2 => leaf with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] },
                3 => leaf with { ExtendedKeyUsages = [] },
                4 => leaf with { KeyUsage = X509KeyUsageFlags.KeyEncipherment },
                5 => leaf with { KeyUsage = null },
                6 => leaf with { Version = TestCertificateVersion.V1 },
                7 => leaf with { CorruptSignature = true },
                8 => leaf with { Extensions = [new("1.2.3", critical: true, [5, 0])] },
                9 => leaf with { Issuer = TestName.Of(("CN", "stranger")) },
                _ => leaf,
            };
            what.Add($"leaf {leaf}");
            return (root, ca.Issue(leaf), string.Join("; ", what));
        }

        private TestCertificateAuthorityOptions Ca(List<string> what)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            TestCertificateAuthorityOptions options = new() { KeyType = Often() ? TestKeyType.P256 : TestKeyType.P384 };
            options = _random.Next(16) switch
            {
                0 => options with { IsCa = false },
                1 => options with { KeyUsage = X509KeyUsageFlags.CrlSign },
                2 => options with { KeyUsage = null },
                3 => options with { PathLength = _random.Next(3) },
                4 => options with { SubjectKeyIdentifier = false },
                5 => options with { AuthorityKeyIdentifier = false },
                6 => options with { NotAfter = now.AddDays(-1) },
                7 => options with { Version = TestCertificateVersion.V1 },
                8 => options with { Extensions = [new("1.2.3", critical: true, [5, 0])] },
                _ => options,
            };
            what.Add($"CA {options}");
            return options;
        }

        private bool Often() => _random.Next(4) > 0;
    }
}
