using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>Compares the verdicts of this library on thousands of random chains with those of X509Chain and of <c>openssl verify</c>. Both
/// accept every chain that this library accepts, except for listed classes. If they accept a chain that this library rejects, the reason is
/// one of the listed ones.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 20260601;
    private const int ChainsPerProcess = 100;

    // The reasons for which this library rejects chains that the others accept, by design.
    private static readonly RejectionReason[] s_stricter =
    [
        RejectionReason.CertificateMalformed, RejectionReason.UntrustedIssuer, RejectionReason.IssuerNotCa, RejectionReason.CertificateIsCa,
        RejectionReason.CertificateWrongUsage, RejectionReason.CertificateWeakSignature,
        RejectionReason.CertificateUnknownCriticalExtension, RejectionReason.NameConstraintViolated,
    ];

    // The full run sets CERTAUTH_CHAINS to 20000.
    private static readonly int s_chains = Number("CERTAUTH_CHAINS", 4000);
    private static readonly int s_openSslChains = Number("CERTAUTH_OPENSSL_CHAINS", 1000);

    [Fact]
    public void TryVerify_AcceptsNothingThatX509ChainRejects()
    {
        DisagreementList disagreements = new("dotnet-classes.tsv");
        ConcurrentBag<(RejectionReason Ours, bool TheyAccept)> verdicts = [];
        Parallel.For(0, s_chains, new() { MaxDegreeOfParallelism = 2 }, number =>
        {
            ChainPlan plan = ChainPlan.Random(Seed, number);
            (RejectionReason ours, X509ChainStatusFlags theirs) = Verify(plan);
            verdicts.Add((ours, theirs == X509ChainStatusFlags.NoError));
            if (ours != RejectionReason.None || theirs == X509ChainStatusFlags.NoError)
                return;

            ChainPlan shrunk = plan.Shrink(p => Verify(p) is (RejectionReason.None, not X509ChainStatusFlags.NoError));
            disagreements.Add(shrunk, Verify(shrunk).Theirs.ToString());
        });

        AssertExplained(verdicts, disagreements);

        static (RejectionReason Ours, X509ChainStatusFlags Theirs) Verify(ChainPlan plan)
        {
            BuiltChain built = plan.Build();
            return (VerifyOurs(built), DotNetVerifier.Verify(built));
        }
    }

    [Fact]
    public void TryVerify_AcceptsNothingThatOpenSslRejects()
    {
        using OpenSslVerifier openSsl = new();
        DisagreementList disagreements = new("openssl-classes.tsv");
        List<(RejectionReason Ours, bool TheyAccept)> verdicts = [];
        IEnumerable<ChainPlan> all = Enumerable.Range(0, s_openSslChains).Select(n => ChainPlan.Random(Seed + 1, n));
        foreach (ChainPlan[] plans in all.Chunk(ChainsPerProcess))
        {
            // CAs with an empty name would be confused with those of other chains, so their chains are verified separately.
            ChainPlan[] separate = [.. plans.Where(p => p.Deviations.Any(o => o.What == "empty-subject"))];
            foreach (ChainPlan[] together in separate.Select(p => new[] { p }).Append([.. plans.Except(separate)]))
                CompareAll(together);
        }

        AssertExplained(verdicts, disagreements);

        void CompareAll(ChainPlan[] plans)
        {
            BuiltChain[] built = [.. plans.Select(p => p.Build())];
            string[] theirs = openSsl.Verify(built);
            for (int i = 0; i < plans.Length; i++)
            {
                RejectionReason ours = VerifyOurs(built[i]);
                verdicts.Add((ours, theirs[i].Length == 0));
                if (ours == RejectionReason.None && theirs[i].Length > 0)
                {
                    ChainPlan shrunk = plans[i].Shrink(p => Verify(p) is (RejectionReason.None, not ""));
                    disagreements.Add(shrunk, Verify(shrunk).Theirs);
                }
            }
        }

        (RejectionReason Ours, string Theirs) Verify(ChainPlan plan)
        {
            BuiltChain built = plan.Build();
            return (VerifyOurs(built), openSsl.Verify([built])[0]);
        }
    }

    private void AssertExplained(IReadOnlyCollection<(RejectionReason Ours, bool TheyAccept)> verdicts, DisagreementList disagreements)
    {
        int accepted = verdicts.Count(v => v.Ours == RejectionReason.None);
        int agreed = verdicts.Count(v => v.Ours == RejectionReason.None == v.TheyAccept);
        output.WriteLine($"{verdicts.Count} chains: {accepted} accepted, {agreed} agreed.");
        foreach ((string text, int count) in disagreements.Seen.OrderByDescending(c => c.Value))
            output.WriteLine($"Accepted only by CertAuth, {count}: {text}");
        foreach ((RejectionReason reason, int count) in GetStricterReasons().CountBy(r => r).OrderByDescending(c => c.Value))
            output.WriteLine($"Rejected only by CertAuth, {count}: {reason}");

        disagreements.AssertComplete();
        GetStricterReasons().Distinct().Order().Should().Equal(s_stricter.Order());
        accepted.Should().BeInRange(verdicts.Count / 4, verdicts.Count * 3 / 4);

        IEnumerable<RejectionReason> GetStricterReasons() =>
            verdicts.Where(v => v.TheyAccept && v.Ours != RejectionReason.None).Select(v => v.Ours);
    }

    private static RejectionReason VerifyOurs(BuiltChain built) =>
        Bundle(new TrustBundleOptions { TimeProvider = new FixedClock(ChainPlan.Now) }, built.Root)
            .VerifyChain(built.Leaf.Der, built.Sent.Select(c => c.Der));

    private static int Number(string variable, int defaultValue) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : defaultValue;
}
