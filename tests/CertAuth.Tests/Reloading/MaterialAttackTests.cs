using System.Security.Cryptography;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

/// <summary>Files that are worse than the material in use. The faults: they replaced it, or its status was healthy.</summary>
public sealed class MaterialAttackTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(s_start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReloadOptions Options => new() { TimeProvider = _clock, SettleDelay = TimeSpan.Zero };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExpiringOldCa_LeavesTheBundleUsable()
    {
        TestCertificateAuthority oldCa = MakeCa("old", from: -100, until: 40);
        TestCertificateAuthority newCa = MakeCa("new", from: -1, until: 4000);
        TestCertificate client = IssueClient(newCa);
        using Reloadable<TrustBundle> bundle = await OpenAsync(oldCa.Pem + newCa.Pem);
        bundle.Status.Health.Should().Be(MaterialHealth.Healthy);

        _clock.Now = s_start.AddDays(41);
        await bundle.ReloadAsync(Cancellation);
        bundle.Status.Health.Should().Be(MaterialHealth.Degraded);
        bundle.Status.ExpiresAt.Should().Be(s_start.AddDays(4000).AddSeconds(1));

        _folder.Replace("ca.pem", oldCa.Pem);
        (await bundle.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Failed);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.None);
    }

    // The fault: the status was Degraded while the process ran, and Healthy after a restart.
    [Fact]
    public async Task ExpiredCaInABundle_IsDegraded_WhetherItExpiredInUseOrBefore()
    {
        string bundle = MakeCa("old", from: -100, until: 40).Pem + MakeCa("new", from: -1, until: 4000).Pem;
        using Reloadable<TrustBundle> inUse = await OpenAsync(bundle);

        _clock.Now = s_start.AddDays(41);
        using Reloadable<TrustBundle> opened = await OpenAsync(bundle);

        opened.Status.Should().BeEquivalentTo(inUse.Status, status => status.Excluding(s => s.LoadedAt).Excluding(s => s.Age));
        opened.Status.Health.Should().Be(MaterialHealth.Degraded);
        opened.Status.Warnings.Should().ContainSingle().Which
            .Should().StartWith("The CA certificate /CN=old (").And.EndWith(" has expired. Certificates that it issued are rejected.");
        opened.Status.ExpiresAt.Should().Be(s_start.AddDays(4000).AddSeconds(1), "it is the next expiration");
    }

    [Fact]
    public async Task BundleNotYetValid_DoesNotReplaceTheCurrentOne()
    {
        TestCertificateAuthority ca = MakeCa("ca", from: -100, until: 4000);
        using Reloadable<TrustBundle> bundle = await OpenAsync(ca.Pem);

        _folder.Replace("ca.pem", MakeCa("ca", from: 10, until: 4000).Pem);

        (await bundle.ReloadAsync(Cancellation)).Problem.Should().Contain("is not valid before 2026-06-11");
        bundle.Current.VerifyChain(IssueClient(ca)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task StaleList_DoesNotReplaceACurrentOne()
    {
        TestCertificateAuthority ca = MakeCa("ca", from: -100, until: 4000);
        TestCertificate good = IssueClient(ca);
        TestCertificate bad = IssueClient(ca);
        _folder.Write("ca.crl", MakeList(ca, from: -1, until: 7, number: 9, bad));
        using Reloadable<TrustBundle> bundle = await OpenAsync(ca.Pem, "ca.crl");
        bundle.Status.Health.Should().Be(MaterialHealth.Healthy);

        _folder.Write("ca.crl", MakeList(ca, from: -30, until: -20, number: 3));
        (await bundle.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        bundle.Current.VerifyChain(good).Should().Be(RejectionReason.None);
        bundle.Current.VerifyChain(bad).Should().Be(RejectionReason.CertificateRevoked);

        _clock.Now = s_start.AddDays(8);
        await bundle.ReloadAsync(Cancellation);
        bundle.Status.Health.Should().Be(MaterialHealth.Unhealthy);
        bundle.Current.VerifyChain(good).Should().Be(RejectionReason.RevocationListStale);
    }

    [Fact]
    public async Task RenewedCertificateOfARevokedKey_IsRevoked()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate first = ca.IssueClient(TestName.Of(("CN", "signer")));
        TestCertificate renewed = ca.Issue(new() { Subject = TestName.Of(("CN", "signer")), Key = first.Key });
        TestCertificate again = ca.Issue(new() { Subject = TestName.Of(("CN", "signer")), Key = first.Key });
        string file = _folder.Write("signer.pem", first.Pem);
        using Reloadable<SigningCertificateRing> ring =
            await SigningCertificateRing.OpenAsync(file, new() { SettleDelay = TimeSpan.Zero }, Cancellation);
        _folder.Replace("signer.pem", renewed.Pem);
        await ring.ReloadAsync(Cancellation);
        ring.Current.Accepted.Length.Should().Be(2);

        ring.Revoke(SHA256.HashData(first.Der.Span));

        ring.Current.Accepted.Should().BeEmpty();
        ring.Status.Health.Should().Be(MaterialHealth.Unhealthy);
        _folder.Replace("signer.pem", again.Pem);
        await ring.ReloadAsync(Cancellation);
        ring.Current.Accepted.Should().BeEmpty();
    }

    [Fact]
    public async Task CertificateRevokedBeforeLoading_IsRevokedWithItsKey()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate first = ca.IssueClient(TestName.Of(("CN", "signer")));
        TestCertificate leaked = ca.IssueClient(TestName.Of(("CN", "signer")));
        TestCertificate renewed = ca.Issue(new() { Subject = TestName.Of(("CN", "signer")), Key = leaked.Key });
        string file = _folder.Write("signer.pem", first.Pem);
        using Reloadable<SigningCertificateRing> ring =
            await SigningCertificateRing.OpenAsync(file, new() { SettleDelay = TimeSpan.Zero }, Cancellation);
        ring.Revoke(SHA256.HashData(leaked.Der.Span));

        foreach (TestCertificate next in new[] { leaked, renewed })
        {
            _folder.Replace("signer.pem", next.Pem);
            await ring.ReloadAsync(Cancellation);
            ring.Current.Accepted.Should().ContainSingle().Which.Certificate.Der.ToArray().Should().Equal(first.Der.ToArray());
        }
    }

    private TestCertificateAuthority MakeCa(string name, int from, int until) => TestCertificateAuthority.Create(
        TestName.Of(("CN", name)), new() { NotBefore = s_start.AddDays(from), NotAfter = s_start.AddDays(until), TimeProvider = _clock });

    private static TestCertificate IssueClient(TestCertificateAuthority ca) => ca.Issue(new()
    {
        Subject = TestName.Of(("CN", "alice")),
        NotBefore = s_start.AddDays(-1),
        NotAfter = s_start.AddDays(1000),
    });

    private static string MakeList(TestCertificateAuthority ca, int from, int until, byte number, params TestCertificate[] revoked)
    {
        CraftedRevocationList list = new()
        {
            ThisUpdate = s_start.AddDays(from),
            NextUpdate = s_start.AddDays(until),
            Entries = [.. revoked.Select(certificate => CraftedRevocationList.Entry(certificate))],
            Extensions = [CraftedRevocationList.CrlNumber(number)],
        };
        return PemEncoding.WriteString("X509 CRL", list.Sign(ca)) + "\n";
    }

    private Task<Reloadable<TrustBundle>> OpenAsync(string bundle, params string[] lists) => TrustBundle.OpenAsync(
        _folder.Write("ca.pem", bundle), lists.Select(name => _folder[name]), options: Options, cancellationToken: Cancellation);
}
