using CertAuth.Reloading;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.RevocationScene;

namespace CertAuth.Tests.Reloading;

/// <summary>Revocation lists that a reload brings: each concerns its issuer only, and none un-revokes what a newer one revoked.</summary>
public sealed class RevocationListReloadTests : IDisposable
{
    private readonly RevocationScene _scene = new();
    private readonly TestCertificateAuthority _a;
    private readonly TestCertificateAuthority _b;
    private readonly TestCertificate _alice;
    private readonly TestCertificate _mallory;
    private readonly TestCertificate _bob;

    public RevocationListReloadTests()
    {
        (_a, _b) = (_scene.MakeCa("a"), _scene.MakeCa("b"));
        (_alice, _mallory, _bob) = (IssueClient(_a), IssueClient(_a, "mallory"), IssueClient(_b, "bob"));
    }

    public void Dispose() => _scene.Dispose();

    // The fault: the oldest list of all decided, and the whole reload was rejected.
    [Fact]
    public async Task Reload_ConcernsOneCa_WhenItsListIsStale()
    {
        TestCertificateAuthority c = _scene.MakeCa("c"), d = _scene.MakeCa("d");
        TestCertificate carol = IssueClient(c), dora = IssueClient(d);
        _scene.PutCas(_a, _b, c);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        _scene.PutLists("rest.crl", List(_b, 5, -1, 7), List(c, 5, -1, 7), List(d, 5, -1, 7));
        await _scene.OpenAsync(null, "a.crl", "rest.crl");
        Judge(_alice, _mallory, _bob, carol, dora).Should().Equal(
            RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.None, RejectionReason.None, RejectionReason.UntrustedIssuer);

        _scene.PutCas(_a, _b, d);
        _scene.PutLists("a.crl", List(_a, 3, -30, -20));
        _scene.PutLists("rest.crl", List(_b, 6, -1, 7, _bob), List(c, 5, -1, 7), List(d, 5, -1, 7));
        (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Loaded);

        Judge(_alice, _mallory, _bob, carol, dora).Should().Equal(
            RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked, RejectionReason.UntrustedIssuer, RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        _scene.Status.Problem.Should().BeNull();
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*of /CN=a with number 3*not newer*number 9*stays in use*");
    }

    [Fact]
    public async Task StaleList_ConcernsItsIssuerOnly_WhenItBecomesStaleInUse()
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 1, -1, 2), List(_b, 1, -1, 20));
        await _scene.OpenAsync(null, "all.crl");
        _scene.Status.Health.Should().Be(MaterialHealth.Healthy);

        _scene.Clock.Now = Start.AddDays(3);
        Judge(_alice, _bob).Should().Equal(RejectionReason.RevocationListStale, RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded, "the clients of one CA are accepted");
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*list of /CN=a with number 1 expired at 2026-06-03*");
        await _scene.ReloadAsync();
        _scene.Logger.Of(1006).Should().ContainSingle();

        _scene.Clock.Now = Start.AddDays(21);
        _scene.Status.Health.Should().Be(MaterialHealth.Unhealthy, "no client is accepted");
    }

    // The attack: an old copy of a CRL file is put back, still valid, from before the revocation.
    [Theory]
    [InlineData(3, -2, 5)]
    [InlineData(3, -30, -20)]
    [InlineData(3, -0.5, 20)]
    [InlineData(9, -2, 5)]
    [InlineData(9, -1, 7)]
    public async Task RolledBackList_BringsNoRevokedClientBack(int number, double from, double until)
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("b.crl", List(_b, 1, -1, 30));
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl", "b.crl");

        _scene.PutLists("a.crl", List(_a, number, from, until));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        _scene.Kept.Should().Be(1);

        // The list in use ends, too: what it revoked stays revoked, whatever the other says.
        _scene.Clock.Now = Start.AddDays(10);
        await ReloadThriceAsync();
        _scene.Judge(_mallory).Should().Be(RejectionReason.CertificateRevoked);
        _scene.Judge(_alice).Should().Be(until > 10 ? RejectionReason.None : RejectionReason.RevocationListStale);

        _scene.PutLists("a.crl", List(_a, 10, 9, 20, _alice));
        await _scene.ReloadAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.CertificateRevoked, RejectionReason.None);
        (_scene.Kept, _scene.Status.Health).Should().Be((0, MaterialHealth.Healthy));
    }

    [Fact]
    public async Task CrlNumbers_AreComparedAsNumbers()
    {
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 255, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl");
        foreach (int higher in new[] { 256, 32768, 65536 })
        {
            _scene.PutLists("a.crl", List(_a, higher, -1, 7, _mallory));
            await _scene.ReloadAsync();
            _scene.Kept.Should().Be(0, "{0} is higher", higher);
        }

        foreach (int lower in new[] { 0, 128, 65535 })
        {
            _scene.PutLists("a.crl", List(_a, lower, -1, 7));
            await _scene.ReloadAsync();
            _scene.Kept.Should().Be(1, "{0} is lower", lower);
            _scene.Judge(_mallory).Should().Be(RejectionReason.CertificateRevoked);
        }
    }

    // The attack: the file is put back to a time at which the CA published no list.
    [Theory]
    [InlineData(RevocationListPolicy.Accept, RejectionReason.None)]
    [InlineData(RevocationListPolicy.Reject, RejectionReason.RevocationListMissing)]
    public async Task ListTakenAway_IsMissingButRevokesStill(RevocationListPolicy missing, RejectionReason expected)
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(_b, 1, -1, 30));
        await _scene.OpenAsync(new() { MissingRevocationList = missing }, "all.crl");

        _scene.PutLists("all.crl", List(_b, 1, -1, 30));
        await ReloadThriceAsync();
        Judge(_alice, _mallory, _bob).Should().Equal(expected, RejectionReason.CertificateRevoked, RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        string rejected = missing == RevocationListPolicy.Reject ? " Certificates that it issued are rejected." : "";
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match(
            $"There is no revocation list of /CN=a (*).{rejected} Certificates that list number 9 revokes stay revoked.");
        _scene.Clock.Now = Start.AddDays(10);
        Judge(_alice, _mallory, _bob).Should().Equal(expected, RejectionReason.CertificateRevoked, RejectionReason.None);

        _scene.PutLists("all.crl", List(_a, 3, -9, 30), List(_b, 1, -1, 30));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    // The attack: a CA is removed and added again, and its list comes back older.
    [Fact]
    public async Task CaAddedAgain_HasTheNewestListThatWasInUse()
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(_b, 1, -1, 30));
        await _scene.OpenAsync(null, "all.crl");

        _scene.PutCas(_b);
        _scene.PutLists("all.crl", List(_b, 1, -1, 30));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().AllBeEquivalentTo(RejectionReason.UntrustedIssuer);
        _scene.Status.Health.Should().Be(MaterialHealth.Healthy, "the list of a removed CA does not matter");
        _scene.Status.Warnings.Should().BeEmpty();

        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 3, -2, 30), List(_b, 1, -1, 30));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    [Fact]
    public async Task ListOfOneNumberAndDate_ReplacesTheOtherWhenItRevokesNoLess()
    {
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl");

        // Signed again, which makes other bytes; then with one certificate more; then with one less.
        (TestCertificate[] Revoked, int Kept)[] lists = [([_mallory], 0), ([_mallory, _alice], 0), ([_alice], 1)];
        foreach ((TestCertificate[] revoked, int kept) in lists)
        {
            _scene.PutLists("a.crl", List(_a, 9, -1, 7, revoked));
            (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Loaded);
            (_scene.Kept, _scene.Judge(_mallory)).Should().Be((kept, RejectionReason.CertificateRevoked));
        }
    }

    // Old and new CA of a rotation have one name, and each numbers its own lists.
    [Fact]
    public async Task RotatedCa_NumbersItsListsIndependently()
    {
        TestCertificateAuthority next = _a.Rotate();
        TestCertificate newMallory = IssueClient(next, "mallory");
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl");

        _scene.PutCas(next, _a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory), List(next, 1, -1, 7, newMallory));
        await _scene.ReloadAsync();
        (_scene.Kept, _scene.Judge(newMallory)).Should().Be((0, RejectionReason.CertificateRevoked));

        foreach (TestCertificateAuthority[] lists in new[] { new[] { next, _a }, [_a, next] })
        {
            _scene.PutLists("a.crl", [.. lists.Select(ca => List(ca, ca == _a ? 3 : 0, -2, 6))]);
            await ReloadThriceAsync();
            Judge(_alice, _mallory, newMallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);
            _scene.Kept.Should().Be(2);
        }

        // The new CA's lists, whatever their numbers, are none of the old one's.
        _scene.PutLists("a.crl", List(_a, 3, -2, 6), List(next, 77, -1, 7));
        await ReloadThriceAsync();
        Judge(_alice, _mallory, newMallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.None);
    }

    [Fact]
    public async Task SeveralListsOfOneIssuer_AreAcceptedTogetherInAnyOrder()
    {
        string[] lists = [List(_a, 8, -3, 5, _alice), List(_a, 9, -1, 7, _mallory)];
        foreach (string[] order in new[] { lists, [lists[1], lists[0]] })
        {
            using RevocationScene scene = new();
            scene.PutCas(_a);
            scene.PutLists("1.crl", order[0]);
            scene.PutLists("2.crl", order[1]);
            await scene.OpenAsync(null, "1.crl", "2.crl");
            (scene.Judge(_alice), scene.Judge(_mallory)).Should().Be((RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked));

            // One file is rolled back behind both, then the other.
            scene.PutLists("1.crl", List(_a, 2, -4, 6));
            await scene.ReloadAsync();
            scene.PutLists("2.crl", List(_a, 2, -4, 6));
            await scene.ReloadAsync();

            scene.Judge(_mallory).Should().Be(RejectionReason.CertificateRevoked);
            scene.Judge(_alice).Should().Be(RejectionReason.None, "list 9 replaced list 8, which names her");
            scene.Kept.Should().Be(1);
        }
    }

    [Fact]
    public async Task NewerListThatIsStale_RevokesBesideTheCurrentOne()
    {
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7));
        await _scene.OpenAsync(null, "a.crl");

        _scene.PutLists("a.crl", List(_a, 10, -0.9, -0.1, _mallory));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*number 10 expired at*number 9*stays in use beside it*");

        // Rolled back to where it was: the newer one was in use, and revokes still.
        _scene.PutLists("a.crl", List(_a, 9, -1, 7));
        await ReloadThriceAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    // The bundle holds only the root; the intermediate, whose list is configured, is sent by its clients.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RolledBackListOfAnIntermediate_BringsNoRevokedClientBack(bool wasSeen)
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub), mallory = IssueClient(sub, "mallory");
        _scene.PutCas(_a);
        _scene.PutLists("root.crl", List(_a, 1, -1, 30));
        _scene.PutLists("sub.crl", List(sub, 9, -1, 7, mallory));
        await _scene.OpenAsync(new() { MissingRevocationList = RevocationListPolicy.Accept }, "root.crl", "sub.crl");
        if (wasSeen)
            _scene.Judge(alice).Should().Be(RejectionReason.None);

        // Taken away, and back older.
        _scene.PutLists("sub.crl", List(_a, 1, -1, 30));
        await ReloadThriceAsync();
        if (wasSeen)
            Judge(alice, mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.PutLists("sub.crl", List(sub, 3, -2, 6));
        await ReloadThriceAsync();
        Judge(alice, mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);

        _scene.PutLists("sub.crl", List(sub, 10, -0.5, 6));
        await _scene.ReloadAsync();
        (_scene.Judge(mallory), _scene.Kept).Should().Be((RejectionReason.None, 0));
    }

    // The attack: beside the old list stands a forged one with a number above all others.
    [Fact]
    public async Task ForgedList_ReplacesNone()
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub), mallory = IssueClient(sub, "mallory");
        _scene.PutCas(_a);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(sub, 9, -1, 7, mallory));
        await _scene.OpenAsync(null, "all.crl");
        Judge(alice, mallory, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);

        TestRevocationListOptions forged = Options(1000, -0.5, 7) with { SigningKey = TestKey.Create() };
        string[] lists =
        [
            List(_a, 3, -2, 6), List(sub, 3, -2, 6), _a.IssueRevocationList([], forged).Pem, sub.IssueRevocationList([], forged).Pem,
        ];
        foreach (string[] order in new[] { lists, [.. lists.Reverse()] })
        {
            _scene.PutLists("all.crl", order);
            await ReloadThriceAsync();
            Judge(_alice, alice, mallory, _mallory).Should().Equal(
                RejectionReason.None, RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);
        }
    }

    // A certificate of the bundle that a list revoked comes back no more than a client does.
    [Fact]
    public async Task RolledBackList_BringsNoRevokedCaBack()
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub);
        _scene.PutCas(_a, sub);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, sub.Certificate), List(sub, 1, -1, 7));
        await _scene.OpenAsync(null, "all.crl");
        _scene.Judge(alice).Should().Be(RejectionReason.CertificateRevoked);

        _scene.PutLists("all.crl", List(_a, 3, -2, 6), List(sub, 1, -1, 7));
        await ReloadThriceAsync();

        _scene.Judge(alice).Should().Be(RejectionReason.CertificateRevoked);
    }

    // Memory: whatever the files bring, in whatever order, no issuer has more than three lists kept.
    [Fact]
    public async Task KeptLists_AreThreeForAnIssuerAtMost()
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("b.crl", List(_b, 1, -1, 400));
        _scene.PutLists("a.crl", List(_a, 1000, -1, 7));
        await _scene.OpenAsync(null, "a.crl", "b.crl");
        for (int i = 0; i < 60; i++)
        {
            string list = (i % 3) switch
            {
                0 => List(_a, 2000 - i, 100 - i, 300),
                1 => List(_a, 2000 - i, -50 - i, -40 - i),
                _ => List(_a, 900 - i, -1 - i, 8),
            };
            _scene.PutLists("a.crl", list);
            await _scene.ReloadAsync();
            _scene.Kept.Should().BeLessThanOrEqualTo(3);
        }

        _scene.Kept.Should().Be(3, "the newest, the newest that is current, and the newest to come");
    }

    private TestCertificateAuthority MakeIntermediate() =>
        _a.IssueIntermediate(TestName.Of(("CN", "sub")), new() { NotBefore = Start.AddDays(-900), NotAfter = Start.AddDays(2000) });

    private RejectionReason[] Judge(params TestCertificate[] clients) => [.. clients.Select(_scene.Judge)];

    // What is decided once must not be forgotten when the same files are read again.
    private async Task ReloadThriceAsync()
    {
        for (int i = 0; i < 3; i++)
            await _scene.ReloadAsync();
    }
}
