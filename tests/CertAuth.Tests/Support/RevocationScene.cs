using CertAuth.Reloading;
using CertAuth.Trust;

namespace CertAuth.Tests.Support;

/// <summary>A folder with a CA file and one revocation list file for each CA, a clock, and the bundle that is loaded from them.</summary>
internal sealed class RevocationScene : IDisposable
{
    internal static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private Reloadable<TrustBundle>? _bundle;

    internal FixedClock Clock { get; } = new(Start);

    internal RecordingLogger Logger { get; } = new();

    internal TrustBundle Bundle => _bundle!.Current;

    internal MaterialStatus Status => _bundle!.Status;

    internal int Kept => Bundle.RevocationLists.Count(list => list.IsKept);

    public void Dispose()
    {
        _bundle?.Dispose();
        _folder.Dispose();
    }

    internal TestCertificateAuthority MakeCa(string name) => TestCertificateAuthority.Create(
        TestName.Of(("CN", name)), new() { NotBefore = Start.AddDays(-1000), NotAfter = Start.AddDays(4000), TimeProvider = Clock });

    internal static TestCertificate IssueClient(TestCertificateAuthority ca, string name = "alice") => ca.Issue(
        new() { Subject = TestName.Of(("CN", name)), NotBefore = Start.AddDays(-900), NotAfter = Start.AddDays(1000) });

    /// <summary>Issues a list that is valid between two days, counted from the start.</summary>
    internal static string List(TestCertificateAuthority ca, int number, double from, double until, params TestCertificate[] revoked) =>
        ca.IssueRevocationList(revoked, Options(number, from, until)).Pem;

    internal static TestRevocationListOptions Options(int number, double from, double until) =>
        new() { Number = number, ThisUpdate = Start.AddDays(from), NextUpdate = Start.AddDays(until), RevokedAt = Start.AddDays(-500) };

    internal void PutCas(params TestCertificateAuthority[] cas) => _folder.Replace("ca.pem", string.Concat(cas.Select(ca => ca.Pem)));

    internal void PutLists(string file, params string[] lists) => _folder.Replace(file, string.Concat(lists));

    internal async Task OpenAsync(TrustBundleOptions? trust, params string[] listFiles)
    {
        _bundle?.Dispose();
        _bundle = await TrustBundle.OpenAsync(
            _folder["ca.pem"],
            listFiles.Select(name => _folder[name]),
            (trust ?? new()) with { TimeProvider = Clock },
            new() { TimeProvider = Clock, SettleDelay = TimeSpan.Zero, Logger = Logger, PollInterval = TimeSpan.FromDays(7) },
            TestContext.Current.CancellationToken);
    }

    internal Task<ReloadResult> ReloadAsync() => _bundle!.ReloadAsync(TestContext.Current.CancellationToken);

    internal RejectionReason Judge(TestCertificate client) => Bundle.VerifyChain(client);
}
