using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>Thousands of random chains, judged by us, by X509Chain and by <c>openssl verify</c>: whatever we accept they accept, but
/// for listed classes; what they accept and we refuse has one of the listed reasons.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 20260601;
    private const int ChainsPerProcess = 100;

    // Ours are stricter on purpose: spec/trust.md has each.
    private static readonly FailureReason[] s_stricter =
    [
        FailureReason.CertificateMalformed, FailureReason.UntrustedIssuer, FailureReason.IssuerNotCa, FailureReason.CaAsLeaf,
        FailureReason.WrongUsage, FailureReason.WeakSignature, FailureReason.UnknownCriticalExtension, FailureReason.NameConstraintViolated,
    ];

    // CERTAUTH_CHAINS=20000 for the full run.
    private static readonly int s_chains = Number("CERTAUTH_CHAINS", 4000);
    private static readonly int s_openSslChains = Number("CERTAUTH_OPENSSL_CHAINS", 1000);

    [Fact]
    public void TryVerify_AcceptsNothingThatX509ChainRefuses()
    {
        DisagreementList disagreements = new("dotnet-classes.tsv");
        ConcurrentBag<(FailureReason Ours, bool TheyAccept)> verdicts = [];
        Parallel.For(0, s_chains, new() { MaxDegreeOfParallelism = 2 }, number =>
        {
            ChainPlan plan = ChainPlan.Random(Seed, number);
            (FailureReason ours, X509ChainStatusFlags theirs) = Judge(plan);
            verdicts.Add((ours, theirs == X509ChainStatusFlags.NoError));
            if (ours != FailureReason.None || theirs == X509ChainStatusFlags.NoError)
                return;

            ChainPlan shrunk = plan.Shrink(p => Judge(p) is (FailureReason.None, not X509ChainStatusFlags.NoError));
            disagreements.Add(shrunk, Judge(shrunk).Theirs.ToString());
        });

        AssertExplained(verdicts, disagreements);

        static (FailureReason Ours, X509ChainStatusFlags Theirs) Judge(ChainPlan plan)
        {
            BuiltChain built = plan.Build();
            return (JudgeOurs(built), DotNetJudge.Judge(built));
        }
    }

    [Fact]
    public void TryVerify_AcceptsNothingThatOpenSslRefuses()
    {
        using OpenSslJudge openSsl = new();
        DisagreementList disagreements = new("openssl-classes.tsv");
        List<(FailureReason Ours, bool TheyAccept)> verdicts = [];
        IEnumerable<ChainPlan> all = Enumerable.Range(0, s_openSslChains).Select(n => ChainPlan.Random(Seed + 1, n));
        foreach (ChainPlan[] plans in all.Chunk(ChainsPerProcess))
        {
            // CAs without a name would mix.
            ChainPlan[] apart = [.. plans.Where(p => p.Oddities.Any(o => o.What == "empty-subject"))];
            foreach (ChainPlan[] together in apart.Select(p => new[] { p }).Append([.. plans.Except(apart)]))
                JudgeAll(together);
        }

        AssertExplained(verdicts, disagreements);

        void JudgeAll(ChainPlan[] plans)
        {
            BuiltChain[] built = [.. plans.Select(p => p.Build())];
            string[] theirs = openSsl.Judge(built);
            for (int i = 0; i < plans.Length; i++)
            {
                FailureReason ours = JudgeOurs(built[i]);
                verdicts.Add((ours, theirs[i].Length == 0));
                if (ours == FailureReason.None && theirs[i].Length > 0)
                {
                    ChainPlan shrunk = plans[i].Shrink(p => Judge(p) is (FailureReason.None, not ""));
                    disagreements.Add(shrunk, Judge(shrunk).Theirs);
                }
            }
        }

        (FailureReason Ours, string Theirs) Judge(ChainPlan plan)
        {
            BuiltChain built = plan.Build();
            return (JudgeOurs(built), openSsl.Judge([built])[0]);
        }
    }

    private void AssertExplained(IReadOnlyCollection<(FailureReason Ours, bool TheyAccept)> verdicts, DisagreementList disagreements)
    {
        int accepted = verdicts.Count(v => v.Ours == FailureReason.None);
        int agreed = verdicts.Count(v => v.Ours == FailureReason.None == v.TheyAccept);
        output.WriteLine($"{verdicts.Count} chains: {accepted} accepted, {agreed} agreed.");
        foreach ((string text, int count) in disagreements.Seen.OrderByDescending(c => c.Value))
            output.WriteLine($"Only we accept {count}: {text}");
        foreach (IGrouping<FailureReason, FailureReason> reason in OnlyTheirs().GroupBy(r => r).OrderByDescending(g => g.Count()))
            output.WriteLine($"Only they accept {reason.Count()}: {reason.Key}");

        disagreements.AssertComplete();
        OnlyTheirs().Distinct().Order().Should().Equal(s_stricter.Order());
        accepted.Should().BeInRange(verdicts.Count / 4, verdicts.Count * 3 / 4);

        IEnumerable<FailureReason> OnlyTheirs() => verdicts.Where(v => v.TheyAccept && v.Ours != FailureReason.None).Select(v => v.Ours);
    }

    private static FailureReason JudgeOurs(BuiltChain built) =>
        Bundle(new TrustBundleOptions { TimeProvider = new FixedClock(ChainPlan.Now) }, built.Root)
            .Judge(built.Leaf.Der, built.Sent.Select(c => c.Der));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : otherwise;
}
