using CertAuth.Reloading;
using CertAuth.Trust;
using static CertAuth.Tests.Support.RevocationScene;

namespace CertAuth.Tests.Reloading;

/// <summary>Revocation lists in a reload: each affects its issuer only, and none un-revokes a certificate that a newer one
/// revoked.</summary>
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

    // The fault: the oldest list decided for all issuers, and the whole reload was rejected.
    [Fact]
    public async Task StaleList_AffectsItsIssuerOnly_WhenReloaded()
    {
        TestCertificateAuthority c = _scene.MakeCa("c"), d = _scene.MakeCa("d");
        TestCertificate carol = IssueClient(c), dora = IssueClient(d);
        _scene.PutCas(_a, _b, c);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        _scene.PutLists("rest.crl", List(_b, 5, -1, 7), List(c, 5, -1, 7), List(d, 5, -1, 7));
        await _scene.OpenAsync(null, "a.crl", "rest.crl");
        Judge(_alice, _mallory, _bob, carol, dora).Should().Equal(
            RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.None, RejectionReason.None,
            RejectionReason.UntrustedIssuer);

        _scene.PutCas(_a, _b, d);
        _scene.PutLists("a.crl", List(_a, 3, -30, -20));
        _scene.PutLists("rest.crl", List(_b, 6, -1, 7, _bob), List(c, 5, -1, 7), List(d, 5, -1, 7));
        (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Loaded);

        Judge(_alice, _mallory, _bob, carol, dora).Should().Equal(
            RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked, RejectionReason.UntrustedIssuer,
            RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        _scene.Status.Problem.Should().BeNull();
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*of /CN=a with number 3*not newer*number 9*stays in use*");
    }

    [Fact]
    public async Task StaleList_AffectsItsIssuerOnly_WhenItBecomesStaleInUse()
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

    // The attack: the CRL file is replaced by an old copy from before the revocation, which is still valid.
    [Theory]
    [InlineData(3, -2, 5)]
    [InlineData(3, -30, -20)]
    [InlineData(3, -0.5, 20)]
    [InlineData(9, -2, 5)]
    [InlineData(9, -1, 7)]
    public async Task RolledBackList_UnrevokesNoClient(int number, double from, double until)
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("b.crl", List(_b, 1, -1, 30));
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl", "b.crl");

        _scene.PutLists("a.crl", List(_a, number, from, until));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        _scene.Kept.Should().Be(1);

        // The list in use expires too. What it revoked stays revoked, whatever the other list contains.
        _scene.Clock.Now = Start.AddDays(10);
        await ReloadThreeTimesAsync();
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

    // The attack: the file is replaced by one from a time before the CA published a list.
    [Theory]
    [InlineData(RevocationListPolicy.Accept, RejectionReason.None)]
    [InlineData(RevocationListPolicy.Reject, RejectionReason.RevocationListMissing)]
    public async Task RemovedList_IsMissingButStillRevokes(RevocationListPolicy missing, RejectionReason expected)
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(_b, 1, -1, 30));
        await _scene.OpenAsync(new() { MissingRevocationList = missing }, "all.crl");

        _scene.PutLists("all.crl", List(_b, 1, -1, 30));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory, _bob).Should().Equal(expected, RejectionReason.CertificateRevoked, RejectionReason.None);
        _scene.Status.Health.Should().Be(MaterialHealth.Degraded);
        string rejected = missing == RevocationListPolicy.Reject ? " Certificates that it issued are rejected." : "";
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match(
            $"The files contain no revocation list of /CN=a (*).{rejected} "
            + "Certificates that its earlier list (number 9) revokes stay revoked.");
        _scene.Clock.Now = Start.AddDays(10);
        Judge(_alice, _mallory, _bob).Should().Equal(expected, RejectionReason.CertificateRevoked, RejectionReason.None);

        _scene.PutLists("all.crl", List(_a, 3, -9, 30), List(_b, 1, -1, 30));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    // The attack: a CA is removed and added again with an older list.
    [Fact]
    public async Task CaAddedAgain_UsesTheNewestListThatWasInUse()
    {
        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(_b, 1, -1, 30));
        await _scene.OpenAsync(null, "all.crl");

        _scene.PutCas(_b);
        _scene.PutLists("all.crl", List(_b, 1, -1, 30));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().AllBeEquivalentTo(RejectionReason.UntrustedIssuer);
        _scene.Status.Health.Should().Be(MaterialHealth.Healthy, "the list of a removed CA does not matter");
        _scene.Status.Warnings.Should().BeEmpty();

        _scene.PutCas(_a, _b);
        _scene.PutLists("all.crl", List(_a, 3, -2, 30), List(_b, 1, -1, 30));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    [Fact]
    public async Task ListOfTheSameNumberAndDate_ReplacesTheOther_WhenItRevokesNoLess()
    {
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7, _mallory));
        await _scene.OpenAsync(null, "a.crl");

        // First the same list with a new signature, then with one more certificate, then with one less.
        (TestCertificate[] Revoked, int Kept)[] lists = [([_mallory], 0), ([_mallory, _alice], 0), ([_alice], 1)];
        foreach ((TestCertificate[] revoked, int kept) in lists)
        {
            _scene.PutLists("a.crl", List(_a, 9, -1, 7, revoked));
            (await _scene.ReloadAsync()).Outcome.Should().Be(ReloadOutcome.Loaded);
            (_scene.Kept, _scene.Judge(_mallory)).Should().Be((kept, RejectionReason.CertificateRevoked));
        }
    }

    // The old and the new CA of a rotation have the same name, and each numbers its own lists.
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
            await ReloadThreeTimesAsync();
            Judge(_alice, _mallory, newMallory).Should().Equal(
                RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);
            _scene.Kept.Should().Be(2);
        }

        // A list of the new CA never replaces one of the old CA, whatever its number.
        _scene.PutLists("a.crl", List(_a, 3, -2, 6), List(next, 77, -1, 7));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory, newMallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.None);
    }

    [Fact]
    public async Task SeveralListsOfOneIssuer_AreUsedTogether_InAnyOrder()
    {
        string[] lists = [List(_a, 8, -3, 5, _alice), List(_a, 9, -1, 7, _mallory)];
        foreach (string[] order in new[] { lists, [lists[1], lists[0]] })
        {
            using RevocationScene scene = new();
            scene.PutCas(_a);
            scene.PutLists("1.crl", order[0]);
            scene.PutLists("2.crl", order[1]);
            await scene.OpenAsync(null, "1.crl", "2.crl");
            scene.Judge(_alice).Should().Be(RejectionReason.CertificateRevoked);
            scene.Judge(_mallory).Should().Be(RejectionReason.CertificateRevoked);

            // One file is replaced by a list older than both, then the other.
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
    public async Task NewerStaleList_RevokesInAdditionToTheCurrentOne()
    {
        _scene.PutCas(_a);
        _scene.PutLists("a.crl", List(_a, 9, -1, 7));
        await _scene.OpenAsync(null, "a.crl");

        _scene.PutLists("a.crl", List(_a, 10, -0.9, -0.1, _mallory));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.Status.Warnings.Should().ContainSingle().Which.Should().Match("*number 10 expired at*number 9*stays in use as well*");

        // The file is replaced by the previous one. The newer list was in use, and still revokes.
        _scene.PutLists("a.crl", List(_a, 9, -1, 7));
        await ReloadThreeTimesAsync();
        Judge(_alice, _mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
    }

    // The bundle contains only the root. The clients send the intermediate CA, and its list is among the files.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RolledBackListOfAnIntermediate_UnrevokesNoClient(bool wasSeen)
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub), mallory = IssueClient(sub, "mallory");
        _scene.PutCas(_a);
        _scene.PutLists("root.crl", List(_a, 1, -1, 30));
        _scene.PutLists("sub.crl", List(sub, 9, -1, 7, mallory));
        await _scene.OpenAsync(new() { MissingRevocationList = RevocationListPolicy.Accept }, "root.crl", "sub.crl");
        if (wasSeen)
            _scene.Judge(alice).Should().Be(RejectionReason.None);

        // The list is removed, and added again as an older one.
        _scene.PutLists("sub.crl", List(_a, 1, -1, 30));
        await ReloadThreeTimesAsync();
        if (wasSeen)
            Judge(alice, mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);
        _scene.PutLists("sub.crl", List(sub, 3, -2, 6));
        await ReloadThreeTimesAsync();
        Judge(alice, mallory).Should().Equal(RejectionReason.None, RejectionReason.CertificateRevoked);

        _scene.PutLists("sub.crl", List(sub, 10, -0.5, 6));
        await _scene.ReloadAsync();
        (_scene.Judge(mallory), _scene.Kept).Should().Be((RejectionReason.None, 0));
    }

    // The attack: the file contains, in addition to the old list, a forged one with the highest number.
    [Fact]
    public async Task ForgedList_ReplacesNoList()
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub), mallory = IssueClient(sub, "mallory");
        _scene.PutCas(_a);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, _mallory), List(sub, 9, -1, 7, mallory));
        await _scene.OpenAsync(null, "all.crl");
        Judge(alice, mallory, _mallory).Should().Equal(
            RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);

        TestRevocationListOptions forged = Options(1000, -0.5, 7) with { SigningKey = TestKey.Create() };
        string[] lists =
        [
            List(_a, 3, -2, 6), List(sub, 3, -2, 6), _a.IssueRevocationList([], forged).Pem, sub.IssueRevocationList([], forged).Pem,
        ];
        foreach (string[] order in new[] { lists, [.. lists.Reverse()] })
        {
            _scene.PutLists("all.crl", order);
            await ReloadThreeTimesAsync();
            Judge(_alice, alice, mallory, _mallory).Should().Equal(
                RejectionReason.None, RejectionReason.None, RejectionReason.CertificateRevoked, RejectionReason.CertificateRevoked);
        }
    }

    // The same rule holds for a revoked CA certificate of the bundle.
    [Fact]
    public async Task RolledBackList_UnrevokesNoCa()
    {
        TestCertificateAuthority sub = MakeIntermediate();
        TestCertificate alice = IssueClient(sub);
        _scene.PutCas(_a, sub);
        _scene.PutLists("all.crl", List(_a, 9, -1, 7, sub.Certificate), List(sub, 1, -1, 7));
        await _scene.OpenAsync(null, "all.crl");
        _scene.Judge(alice).Should().Be(RejectionReason.CertificateRevoked);

        _scene.PutLists("all.crl", List(_a, 3, -2, 6), List(sub, 1, -1, 7));
        await ReloadThreeTimesAsync();

        _scene.Judge(alice).Should().Be(RejectionReason.CertificateRevoked);
    }

    // The memory is bounded: at most three lists of an issuer are kept, whatever the files contain and in any order.
    [Fact]
    public async Task KeptLists_AreAtMostThreePerIssuer()
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

    // The result must be the same when the same files are read again.
    private async Task ReloadThreeTimesAsync()
    {
        for (int i = 0; i < 3; i++)
            await _scene.ReloadAsync();
    }
}
