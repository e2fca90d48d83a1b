using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Forwarding;

/// <summary>Rotation of the shared key on the verifier.</summary>
public sealed class SigningCertificateRingTests
{
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate());
    private static readonly TestSigner s_old = TestSigner.Create(TestKeyType.P256);
    private static readonly TestSigner s_new = TestSigner.Create(TestKeyType.Rsa2048);

    [Fact]
    public async Task VerifyAsync_AcceptsTheNewestAndTheRetainedKeys()
    {
        SigningCertificateRing first = SigningCertificateRing.Create(
            s_old.Certificate, new() { TimeProvider = new FixedClock(TestClock.Now) });
        SigningCertificateRing both = first.ReplaceNewest(s_new.Certificate);
        SigningCertificateRing revoked = both.Revoke(s_old.Certificate.Certificate.Sha256.Span);

        (await ReasonAsync(first, s_old)).Should().Be(RejectionReason.None);
        (await ReasonAsync(first, s_new)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (await ReasonAsync(both, s_old)).Should().Be(RejectionReason.None);
        (await ReasonAsync(both, s_new)).Should().Be(RejectionReason.None);
        (await ReasonAsync(revoked, s_old)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (await ReasonAsync(revoked, s_new)).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData(0, RejectionReason.None)]
    [InlineData(30, RejectionReason.None)]
    [InlineData(31, RejectionReason.ForwardedInfoBadSignature)]
    public async Task VerifyAsync_RejectsAKeyWhoseCertificateHasExpired(int secondsAfter, RejectionReason reason)
    {
        TestSigner brief = TestSigner.Create(TestKeyType.P256, TestClock.Now);
        SigningCertificateRing ring = SigningCertificateRing.Create(
            brief.Certificate, new() { TimeProvider = new FixedClock(TestClock.Now.AddSeconds(secondsAfter)) });

        (await ReasonAsync(ring, brief)).Should().Be(reason);
    }

    [Fact]
    public async Task VerifyAsync_RequestsANewerRingOnce()
    {
        SigningCertificateRing old = SigningCertificateRing.Create(
            s_old.Certificate, new() { TimeProvider = new FixedClock(TestClock.Now) });
        FakeRing newer = new(old, old.ReplaceNewest(s_new.Certificate)), same = new(old, old);

        (await ReasonAsync(newer, s_new)).Should().Be(RejectionReason.None);
        (await ReasonAsync(same, s_new)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (await ReasonAsync(newer, TestSigner.Stranger)).Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (newer.RefreshCount, same.RefreshCount).Should().Be((2, 1));
    }

    [Fact]
    public async Task VerifyAsync_RequestsANewerRingOnlyForABadSignature()
    {
        SigningCertificateRing old = SigningCertificateRing.Create(
            s_old.Certificate, new() { TimeProvider = new FixedClock(TestClock.Now) });
        FakeRing source = new(old, old);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = source, TimeProvider = new FixedClock(TestClock.Now) });

        foreach (CertInfoRow row in CertInfoRow.All.Values.Where(row => row.Reason != RejectionReason.ForwardedInfoBadSignature))
        {
            ValueTask<CertInfoResult> task = verifier.VerifyAsync(
                row.ToAttributes(s_old), row.LoginUser, row.ServerChallenge, TestContext.Current.CancellationToken);
            task.IsCompleted.Should().BeTrue();
            await task;
        }

        source.RefreshCount.Should().Be(0);
    }

    [Fact]
    public async Task VerifyAsync_PropagatesCancellation()
    {
        CancellationToken canceled = new(canceled: true);
        SigningCertificateRing ring = SigningCertificateRing.Create(s_old.Certificate);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = Source.Fixed(ring) });

        await FluentActions.Awaiting(
            () => verifier.VerifyAsync(Tokens.Issue(s_client), "alice", CertInfoRow.DefaultChallenge, canceled).AsTask())
            .Should().ThrowExactlyAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(33)]
    public async Task VerifyAsync_Throws_WhenTheChallengeHasTheWrongLength(int bytes) => await FluentActions
        .Awaiting(() => Tokens.Verifier()
            .VerifyAsync(Tokens.Issue(s_client), "alice", new byte[bytes], TestContext.Current.CancellationToken).AsTask())
        .Should().ThrowExactlyAsync<ArgumentException>();

    [Fact]
    public void Constructor_RejectsAVerifierWithoutAnySigner() =>
        FluentActions.Invoking(() => new CertInfoTokenVerifier(new()))
            .Should().ThrowExactly<ArgumentException>().Which.Message.Should().Contain("SharedKey");

    private static Task<RejectionReason> ReasonAsync(SigningCertificateRing ring, TestSigner signer) =>
        ReasonAsync(Source.Fixed(ring), signer);

    private static async Task<RejectionReason> ReasonAsync(ISource<SigningCertificateRing> ring, TestSigner signer)
    {
        CertInfoTokenVerifier verifier = new(new() { SharedKey = ring, TimeProvider = new FixedClock(TestClock.Now) });
        return (await Tokens.VerifyAsync(Tokens.Issue(s_client, signer), verifier)).Rejection?.Reason ?? RejectionReason.None;
    }

    private sealed class FakeRing(SigningCertificateRing current, SigningCertificateRing next) : IRefreshableSource<SigningCertificateRing>
    {
        internal int RefreshCount { get; private set; }

        public SigningCertificateRing Current => current;

        public async ValueTask<SigningCertificateRing> RefreshAsync(
            SigningCertificateRing seen, CancellationToken cancellationToken = default)
        {
            RefreshCount++;
            seen.Should().BeSameAs(current);
            await Task.Yield();
            return next;
        }
    }
}
