using CertAuth.Reloading;
using CertAuth.Trust;
using static CertAuth.Tests.Support.RevocationScene;

namespace CertAuth.Tests.Reloading;

/// <summary>A revocation list that is published before it is valid. The fault: it replaced the current one, every login was rejected, and
/// the status was healthy.</summary>
public sealed class EarlyRevocationListTests : IDisposable
{
    private readonly RevocationScene _scene = new();
    private readonly TestCertificateAuthority _ca;
    private readonly TestCertificate _alice;
    private readonly TestCertificate _released;
    private readonly TestCertificate _mallory;

    public EarlyRevocationListTests()
    {
        _ca = _scene.MakeCa("ca");
        (_alice, _released, _mallory) = (IssueClient(_ca), IssueClient(_ca, "released"), IssueClient(_ca, "mallory"));
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task ListNotYetValid_ReplacesTheCurrentOne_OnceItIsValid()
    {
        _scene.PutCas(_ca);
        _scene.PutLists("ca.crl", List(_ca, 9, -1, 7, _released));
        await _scene.OpenAsync(null, "ca.crl");

        _scene.PutLists("ca.crl", List(_ca, 10, 2, 20, _mallory));
        (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Loaded);
        Judge().Should().Be(
            (RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked),
            "what either list revokes is revoked");
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        string warning = _scene.Status.Warnings.Should().ContainSingle().Subject;
        warning.Should().Match("*number 10 is not valid before 2026-06-03 00:00:00Z; until then number 9*stays in use.");
        _scene.Logger.Of(1004).Should().ContainSingle().Which.Text.Should().EndWith(warning);

        // One second before the list is valid, and at its first second, with the same file.
        _scene.Clock.Now = Start.AddDays(2).AddSeconds(-1);
        (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Unchanged);
        _scene.Kept.Should().Be(1);
        _scene.Clock.Now = Start.AddDays(2);
        (_scene.Status.Health, _scene.Status.Warnings.Length).Should().Be(
            (MaterialHealth.Healthy, 0), "the status is that of the present time");
        (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Unchanged);
        _scene.Kept.Should().Be(0);
        Judge().Should().Be((RejectionReason.None, RejectionReason.None, RejectionReason.CertificateRevoked));
    }

    // No reload runs, and the list in use becomes stale.
    [Fact]
    public async Task ListNotYetValid_TakesEffectOnceValid_WithoutAReload()
    {
        _scene.PutCas(_ca);
        _scene.PutLists("ca.crl", List(_ca, 9, -1, 2));
        await _scene.OpenAsync(null, "ca.crl");
        _scene.PutLists("ca.crl", List(_ca, 10, 3, 20, _mallory));
        await _scene.ReloadAsync();

        foreach ((double day, RejectionReason expected) in new[]
        {
            (1.0, RejectionReason.None), (2.5, RejectionReason.RevocationListStale), (3.0, RejectionReason.None),
            (19.0, RejectionReason.None), (20.5, RejectionReason.RevocationListStale),
        })
        {
            _scene.Clock.Now = Start.AddDays(day);
            (day, _scene.Judge(_alice)).Should().Be((day, expected));
            _scene.Judge(_mallory).Should().Be(RejectionReason.CertificateRevoked);
        }
    }

    [Fact]
    public async Task ListNotYetValid_IsUnhealthyUntilValid_WhenThereIsNoOther()
    {
        _scene.PutCas(_ca);
        _scene.PutLists("ca.crl", List(_ca, 10, 2, 20));
        await _scene.OpenAsync(null, "ca.crl");
        _scene.Judge(_alice).Should().Be(RejectionReason.RevocationListMissing);
        _scene.Status.Health.Should().Be(MaterialHealth.Unhealthy);
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*number 10 is not valid before 2026-06-03*no other list*");

        _scene.Clock.Now = Start.AddDays(2);
        _scene.Judge(_alice).Should().Be(RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Healthy);
    }

    // If stale lists are allowed, a stale list in use is better than one that is not valid yet.
    [Fact]
    public async Task ListNotYetValid_KeepsAStaleOne_WhenStaleListsAreAllowed()
    {
        _scene.PutCas(_ca);
        _scene.PutLists("ca.crl", List(_ca, 9, -9, -2, _released));
        await _scene.OpenAsync(new() { StaleRevocationList = RevocationListPolicy.Accept }, "ca.crl");
        _scene.PutLists("ca.crl", List(_ca, 10, 2, 20, _mallory));
        await _scene.ReloadAsync();

        Judge().Should().Be((RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked));
    }

    // The attack: the file is replaced by a list of tomorrow, and then by a list of last month.
    [Fact]
    public async Task ListNotYetValid_StillRevokes_WhenRolledBack()
    {
        _scene.PutCas(_ca);
        _scene.PutLists("ca.crl", List(_ca, 9, -1, 7, _released));
        await _scene.OpenAsync(null, "ca.crl");
        _scene.PutLists("ca.crl", List(_ca, 10, 2, 20, _mallory));
        await _scene.ReloadAsync();

        _scene.PutLists("ca.crl", List(_ca, 3, -30, 30));
        await _scene.ReloadAsync();
        Judge().Should().Be((RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked));
        _scene.Clock.Now = Start.AddDays(3);
        await _scene.ReloadAsync();
        Judge().Should().Be(
            (RejectionReason.None, RejectionReason.None, RejectionReason.CertificateRevoked),
            "list 10 replaced list 9 when it became valid");
    }

    private (RejectionReason Alice, RejectionReason Released, RejectionReason Mallory) Judge() =>
        (_scene.Judge(_alice), _scene.Judge(_released), _scene.Judge(_mallory));
}
