using System.Runtime.CompilerServices;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Tests.Docs;
using CertAuth.Tests.Requirements;
using CertAuth.Tls;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>The facts of an established connection are verified again before a later login, with the verdict of a new handshake.</summary>
public sealed class ReverificationTests : IDisposable
{
    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    private readonly FixedClock _clock = new(s_now);
    private readonly TestCertificateAuthority _root;
    private readonly TestCertificateAuthority _sub;
    private readonly ReplaceableSource<TrustBundle> _trust;
    private readonly ServerTls _tls;

    public ReverificationTests()
    {
        _root = TestCertificateAuthority.Create(
            TestName.Of(("CN", "root")), new() { TimeProvider = _clock, NotBefore = s_now.AddYears(-1) });
        _sub = _root.IssueIntermediate(TestName.Of(("CN", "sub")), new() { NotBefore = s_now.AddYears(-1) });
        _trust = new(Load(_root));
        _tls = new(new() { ServerCertificate = Source.Fixed(Loopback.ServerCertificate), ClientTrust = _trust });
    }

    public void Dispose() => _tls.Dispose();

    public static TheoryData<string> Parts => ["leaf", "intermediate", "anchor", "pinned"];

    // The attack: a login on an old connection (COM_CHANGE_USER) with a certificate that has expired in the meantime.
    [Theory, MemberData(nameof(Parts))]
    public void TryReverify_RejectsAnExpiredPath_OneSecondAfterItsEnd(string part)
    {
        DateTimeOffset end = s_now.AddHours(1);
        TestCertificateAuthority root = part == "anchor" ? _root.Rotate(notAfter: end) : _root;
        TestCertificateAuthority sub = root.IssueIntermediate(
            TestName.Of(("CN", "sub")), new() { NotAfter = part == "intermediate" ? end : null });
        TestCertificate leaf = sub.Issue(new() { Subject = s_alice, NotAfter = part is "leaf" or "pinned" ? end : null });
        _trust.Current = part == "pinned" ? Bundle(CreateOptions(), leaf) : Load(root);
        TlsConnectionInfo old = Connect(leaf);
        old.ClientCertificate!.PathNotAfter.Should().Be(end);

        _clock.Now = end.AddMilliseconds(999);
        _tls.TryReverify(old, out TlsConnectionInfo? current, out _).Should().BeTrue("notAfter is the last second of validity");
        current.Should().BeSameAs(old);

        _clock.Now = end.AddSeconds(1);
        Reject(old).Should().Be(RejectionReason.CertificateExpired);
    }

    // The attack: a login on an old connection with a certificate of a CA that was removed because its key leaked.
    [Fact]
    public async Task TryReverify_RejectsACertificate_WhenItsCaWasRemoved()
    {
        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(
            _tls, new() { Certificate = _sub.IssueClient(s_alice) }, TestContext.Current.CancellationToken);
        TlsConnectionInfo old = loopback.Connection!;

        _trust.Current = Load(_root.Rotate(), _root);
        _tls.TryReverify(old, out TlsConnectionInfo? current, out _).Should().BeTrue("both CAs of a rotation are trusted");
        _trust.Current = Load(_root.Rotate());

        // A CA of the same name remains.
        Reject(old).Should().Be(RejectionReason.CertificateBadSignature);
        Reject(current!).Should().Be(RejectionReason.CertificateBadSignature);
    }

    [Fact]
    public void TryReverify_UsesTheCurrentRevocationLists()
    {
        TestCertificate leaf = _root.IssueClient(s_alice);
        CraftedRevocationList none = new() { ThisUpdate = s_now.AddDays(-1), NextUpdate = s_now.AddDays(1) };
        _trust.Current = Bundle(CreateOptions(none.Sign(_root)), _root.Certificate);
        TlsConnectionInfo old = Connect(leaf);
        DateTimeOffset end = Clients.Read(leaf.Der.Span).NotAfter;
        old.ClientCertificate!.PathNotAfter.Should().Be(end, "a revocation list is not part of the path");

        _clock.Now = s_now.AddDays(1).AddSeconds(1);
        Reject(old).Should().Be(RejectionReason.RevocationListStale);

        CraftedRevocationList next = none with { ThisUpdate = s_now.AddDays(1), NextUpdate = s_now.AddDays(2) };
        _trust.Current = Bundle(CreateOptions(next.Sign(_root)), _root.Certificate);
        _tls.TryReverify(old, out TlsConnectionInfo? current, out _).Should().BeTrue("the newer list is not stale");

        CraftedRevocationList revoking = next with { Entries = [CraftedRevocationList.Entry(leaf)] };
        _trust.Current = Bundle(CreateOptions(revoking.Sign(_root)), _root.Certificate);
        Reject(current!).Should().Be(RejectionReason.CertificateRevoked);
    }

    // A new handshake of the client would send the cross certificate again, so it does not matter that the first path did not need it.
    [Fact]
    public void TryReverify_SearchesAllCertificatesThatTheClientSent()
    {
        TestCertificateAuthority next = _root.Rotate();
        TestCertificate leaf = _root.CrossSign(next).IssueClient(s_alice);
        leaf.Chain.Should().HaveCount(1);
        _trust.Current = Load(next);
        TlsConnectionInfo facts = Connect(leaf);
        facts.ClientCertificate!.IntermediateCount.Should().Be(0);

        foreach ((TestCertificateAuthority ca, int intermediates) in new[] { (_root, 1), (next, 0), (_root, 1) })
        {
            _trust.Current = Load(ca);
            _tls.TryReverify(facts, out TlsConnectionInfo? current, out Rejection? rejection).Should().BeTrue($"{rejection}");
            current!.ClientCertificate!.IntermediateCount.Should().Be(intermediates);
            facts = current;
        }
    }

    [Fact]
    public void TryReverify_UpdatesTheEndOfThePath_WhenTheAnchorWasReplaced()
    {
        DateTimeOffset soon = s_now.AddHours(1);
        TestCertificateAuthority brief = TestCertificateAuthority.Create(
            TestName.Of(("CN", "root")), new() { TimeProvider = _clock, Key = _root.Key, NotAfter = soon });
        _trust.Current = Load(brief);
        TlsConnectionInfo old = Connect(brief.IssueClient(s_alice));
        old.ClientCertificate!.PathNotAfter.Should().Be(soon);

        // The same CA, renewed with its key.
        _trust.Current = Load(_root);
        _tls.TryReverify(old, out TlsConnectionInfo? current, out _).Should().BeTrue();

        current!.ClientCertificate!.PathNotAfter.Should().BeAfter(soon);
        current.Should().BeEquivalentTo(old, options => options.Excluding(info => info.ClientCertificate));
    }

    [Fact]
    public void TryReverify_SearchesNoPath_WhenNothingChanged()
    {
        TestCertificate leaf = _sub.IssueClient(s_alice);

        // The chain is too long for the cache, so its outcome is not cached.
        TestName[] names = [.. Enumerable.Range(0, 9).Select(i => TestName.Of(("CN", $"{i}")))];
        IEnumerable<ReadOnlyMemory<byte>> others = names.Select(name => _root.IssueIntermediate(name).Der);
        TlsConnectionInfo old = Connect(leaf, [.. leaf.Chain, .. others]);
        bool accepted = true;

        long bytes = Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                accepted &= _tls.TryReverify(old, out TlsConnectionInfo? current, out _) && ReferenceEquals(current, old);
        });

        accepted.Should().BeTrue();
        bytes.Should().Be(0);
    }

    // The attack: a client with a valid certificate sends megabytes of other certificates on each of many connections.
    [Fact]
    public void TryReverify_NeedsOnlyThePath_OfALargeChain()
    {
        TestCertificate leaf = _sub.IssueClient(s_alice);
        TestExtension large = new("1.3.6.1.4.1.99999.1", critical: false, new byte[CertificateBounds.MaxSentBytes]);
        ReadOnlyMemory<byte> junk = _root.Issue(new() { Subject = s_alice, Extensions = [large] }).Der;
        TlsConnectionInfo old = Connect(leaf, [junk, .. leaf.Chain]);

        old.ClientCertificate!.Path!.Sent.Should().ContainSingle().Which.ToArray().Should().Equal(_sub.Der.ToArray());
        _trust.Current = Load(_root);
        _tls.TryReverify(old, out _, out _).Should().BeTrue("the certificates of the path suffice");
    }

    [Fact]
    public void TryReverify_ReturnsTheSameFacts_WithoutAVerifiedCertificate()
    {
        _trust.Current = Load(_root.Rotate());
        foreach (TlsConnectionInfo old in new[] { Clients.Tls(), Clients.TlsRejected(new(RejectionReason.CertificateRevoked)) })
        {
            _tls.TryReverify(old, out TlsConnectionInfo? current, out Rejection? rejection).Should().BeTrue();
            (current, rejection).Should().Be((old, null));
        }
    }

    [Fact]
    public void TryReverify_Throws_ForFactsThatItCannotVerify()
    {
        TlsConnectionInfo facts = Connect(_root.IssueClient(s_alice));
        TlsConnectionInfo forwarded = new() { Protocol = SslProtocols.Tls13, CipherSuite = Clients.Aes128, Origin = FactsOrigin.Forwarded };
        ServerTls withoutRequest = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientCertificate = ClientCertificatePolicy.None,
        });

        FluentActions.Invoking(() => _tls.TryReverify(null!, out _, out _)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => _tls.TryReverify(forwarded, out _, out _))
            .Should().Throw<ArgumentException>().WithMessage("*for only one login*");
        FluentActions.Invoking(() => withoutRequest.TryReverify(facts, out _, out _)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void PageExample_RejectsTheClientOfARemovedCa()
    {
        TlsConnectionInfo facts = Connect(_root.IssueClient(s_alice));
        ReverificationExample.Check(_tls, ref facts).Should().BeNull();
        _trust.Current = Load(_root.Rotate());
        ReverificationExample.Check(_tls, ref facts)!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
    }

    // A replaced bundle of 10,000 CAs must not stay in memory as long as the connections that it verified.
    [Fact]
    public void Facts_DoNotKeepAReplacedBundleAlive()
    {
        TlsConnectionInfo facts = Connect(_root.IssueClient(s_alice));
        WeakReference bundle = Replace();
        for (int i = 0; i < 10 && bundle.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        bundle.IsAlive.Should().BeFalse();
        GC.KeepAlive(facts);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Replace()
    {
        WeakReference old = new(_trust.Current);
        _trust.Current = Load(_root);
        return old;
    }

    private RejectionReason Reject(TlsConnectionInfo old)
    {
        _tls.TryReverify(old, out TlsConnectionInfo? current, out Rejection? rejection).Should().BeFalse();
        current.Should().BeNull();
        return rejection!.Reason;
    }

    private TlsConnectionInfo Connect(TestCertificate leaf) => Connect(leaf, [.. leaf.Chain]);

    // Returns the facts after a handshake in which the client sent these certificates.
    private TlsConnectionInfo Connect(TestCertificate leaf, ReadOnlyMemory<byte>[] sent)
    {
        bool accepted = _trust.Current.TryVerify(leaf.Der.Span, sent, out VerifiedCertificate? verified, out Rejection? rejection);
        accepted.Should().BeTrue($"{rejection}");
        return new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = Clients.Aes128,
            ClientCertificate = verified,
            ClientCertificateRequested = true,
            AllowedCipherSuites = [Clients.Aes128, Clients.Aes256],
            ServerCertificateNotBefore = s_now.AddDays(-3),
            ServerCertificateNotAfter = s_now.AddDays(3),
        };
    }

    private TrustBundleOptions CreateOptions(params byte[][] lists) =>
        new() { TimeProvider = _clock, RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)] };

    private TrustBundle Load(params TestCertificateAuthority[] roots) =>
        Bundle(CreateOptions(), [.. roots.Select(root => root.Certificate)]);
}
