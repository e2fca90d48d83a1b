using System.Globalization;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;
using FsCheck;
using FsCheck.Fluent;
using Files = CertAuth.Tests.Reloading.RevocationModel.Files;
using ListVersion = CertAuth.Tests.Reloading.RevocationModel.ListVersion;

namespace CertAuth.Tests.Reloading;

/// <summary>Random histories of a CA file, a clock, and the revocation lists of three CAs, of which two have the same name. After each
/// reload, the verdicts match those of a fresh load of the same files, except for the lists that the documented rule keeps.</summary>
/// <remarks><c>CERTAUTH_REVOCATION_RUNS</c> sets the number of histories.</remarks>
public sealed class RevocationHistoryTests
{
    private const int Steps = 40;
    private const int DefaultRuns = 60;
    private const string Variable = "CERTAUTH_REVOCATION_RUNS";
    private const string AllCas = "a b c";

    private static readonly DateTimeOffset s_start = RevocationScene.Start;
    private static readonly Dictionary<string, TestCertificateAuthority> s_cas = MakeCas();
    private static readonly (string Ca, string Name, TestCertificate Certificate)[] s_clients =
    [
        .. from ca in s_cas from name in "xyz" select (ca.Key, name.ToString(), RevocationScene.IssueClient(ca.Value, name.ToString())),
    ];

    // Number, first and last day, and the revoked clients. Some lists are short, stale or not valid yet, and the dates of some contradict
    // their numbers.
    private static readonly (int Number, double From, double Until, string Revoked)[] s_versions =
    [
        (1, -10, 2, ""), (2, -8, 4, "x"), (3, -6, 1, "xy"), (4, -4, 8, "y"), (5, 3, 9, "x"), (6, -1, -0.5, "z"), (7, 1, 20, ""),
        (4, -3, 8, "z"), (2, 0, 10, "y"), (8, 2, 3, "xyz"),
    ];

    private static readonly ListVersion[] s_lists =
        [.. from ca in s_cas.Keys from v in s_versions select new ListVersion(ca, v.Number, v.From, v.Until, v.Revoked, s_start)];

    private static readonly Dictionary<ListVersion, byte[]> s_encoded = s_lists.ToDictionary(list => list, Encode);

    private static int Runs => int.TryParse(
        Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) ? runs : DefaultRuns;

    [Fact]
    public void Verdicts_MatchAFreshLoad_ExceptForKeptLists() =>
        Prop.ForAll(GenHistory().ToArbitrary(), (Action<string[]>)Run).Check(Generators.Times(Runs));

    private static Gen<string[]> GenHistory()
    {
        Gen<string> policies = Gen.Elements("Reject Reject", "Reject Reject", "Accept Reject", "Reject Accept", "Accept Accept");
        Gen<string> step = Gen.Frequency(
            (3, Gen.Elements(AllCas, AllCas, "c a b", "a b", "b", "a", "c b", "garbage").Select(cas => $"cas {cas}")),
            (8, Gen.Choose(0, s_lists.Length - 1).Select(i => $"list {i}")),
            (1, Gen.Choose(0, s_lists.Length - 1).Select(i => $"also {i}")),
            (1, Gen.Elements("a", "b", "c").Select(ca => $"drop {ca}")),
            (3, Gen.Choose(1, 60).Select(hours => $"advance {hours}")),
            (1, Gen.Choose(1, 30).Select(hours => $"advance -{hours}")),
            (7, Gen.Constant("reload")));
        return from policy in policies from steps in step.ArrayOf(Steps) select (string[])[policy, .. steps, "reload"];
    }

    private static void Run(string[] history)
    {
        FixedClock clock = new(s_start);
        RevocationListPolicy[] policies = [.. history[0].Split(' ').Select(Enum.Parse<RevocationListPolicy>)];
        TrustBundleOptions options = new() { TimeProvider = clock, MissingRevocationList = policies[0], StaleRevocationList = policies[1] };
        Files files = new(AllCas, [.. s_cas.Keys.Select(ca => s_lists.First(list => list.Ca == ca))]);
        RevocationModel model = new(files);
        FilesInMemory origin = new(ContentOf(files));
        using Reloadable<TrustBundle> bundle = Reloadable<TrustBundle>.OpenAsync(
            origin, new TrustBundleReader(options), new() { TimeProvider = clock, PollInterval = TimeSpan.FromDays(7) },
            new(TimeSpan.FromDays(7), TimeSpan.FromSeconds(5)), CancellationToken.None).GetAwaiter().GetResult();
        for (int i = 1; i < history.Length; i++)
        {
            string[] words = history[i].Split(' ', 2);
            if (words[0] != "reload")
            {
                files = Change(files, words[0], words[1], clock);
                origin.Files = ContentOf(files);
                continue;
            }

            string outcome = bundle.ReloadAsync().GetAwaiter().GetResult().Outcome.ToString();
            string expected = model.Reload(files, clock.GetUtcNow());
            outcome.Should().Be(expected, $"step {i}: {outcome}, not {expected}");
            Compare(model, bundle, options, i);
        }
    }

    private static Files Change(Files files, string verb, string what, FixedClock clock)
    {
        switch (verb)
        {
            case "cas":
                return files with { Cas = what };
            case "list":
                ListVersion list = s_lists[int.Parse(what, CultureInfo.InvariantCulture)];
                return files with { Lists = [.. files.Lists.Where(l => l.Ca != list.Ca), list] };
            case "also":
                return files with { Lists = [.. files.Lists.Append(s_lists[int.Parse(what, CultureInfo.InvariantCulture)]).Distinct()] };
            case "drop":
                return files with { Lists = [.. files.Lists.Where(l => l.Ca != what)] };
            default:
                clock.Now += TimeSpan.FromHours(int.Parse(what, CultureInfo.InvariantCulture));
                return files;
        }
    }

    private static void Compare(RevocationModel model, Reloadable<TrustBundle> actual, TrustBundleOptions options, int step)
    {
        TrustBundle fresh = Load(model.InUse.Cas, model.InUse.Lists, options);
        Dictionary<string, TrustBundle> decided = s_cas.Keys.ToDictionary(
            ca => ca, ca => model.FindLists(ca) is { } lists && model.Kept.Count > 0 ? Load(model.InUse.Cas, lists, options) : fresh);
        string[] trusted = model.InUse.Cas.Split(' ');
        foreach ((string ca, string name, TestCertificate client) in s_clients)
        {
            bool isKeptRevocation = trusted.Contains(ca) && model.Kept.Any(list => list.Ca == ca && list.Revokes(name));
            RejectionReason expected = isKeptRevocation ? RejectionReason.CertificateRevoked : decided[ca].VerifyChain(client);
            RejectionReason verdict = actual.Current.VerifyChain(client);
            verdict.Should().Be(expected, $"step {step}, {name} of {ca}: {verdict}, not {expected}");

            // The invariant: no client is accepted that the newest list ever in use revokes.
            bool isRevoked = model.Newest.TryGetValue(ca, out ListVersion? newest) && newest.Revokes(name);
            (isRevoked && verdict == RejectionReason.None).Should().BeFalse($"step {step}: {name} of {ca} is accepted again");
        }

        actual.Current.RevocationLists.Count(list => list.IsKept).Should().Be(model.Kept.Count);
        bool anyAccepted = s_clients.Any(client => actual.Current.VerifyChain(client.Certificate) == RejectionReason.None);
        (anyAccepted && actual.Status.Health == MaterialHealth.Unhealthy).Should().BeFalse(
            $"step {step}: unhealthy although a client is accepted");
    }

    private static TrustBundle Load(string cas, IEnumerable<ListVersion> lists, TrustBundleOptions options) =>
        TrustBundle.Parse(PemOf(cas), options with { RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)s_encoded[list])] });

    private static byte[][] ContentOf(Files files) => [PemOf(files.Cas), [.. files.Lists.SelectMany(list => s_encoded[list])]];

    private static byte[] PemOf(string cas) =>
        Encoding.ASCII.GetBytes(cas == "garbage" ? cas : string.Concat(cas.Split(' ').Select(ca => s_cas[ca].Pem)));

    private static byte[] Encode(ListVersion list) => Encoding.ASCII.GetBytes(RevocationScene.List(
        s_cas[list.Ca], list.Number, list.From, list.Until,
        [.. s_clients.Where(c => c.Ca == list.Ca && list.Revokes(c.Name)).Select(c => c.Certificate)]));

    private static Dictionary<string, TestCertificateAuthority> MakeCas()
    {
        using RevocationScene scene = new();
        TestCertificateAuthority a = scene.MakeCa("one");
        return new() { ["a"] = a, ["b"] = scene.MakeCa("two"), ["c"] = a.Rotate() };
    }
}
