using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>Rotation of the shared key, as the verifier sees it.</summary>
public sealed class CertInfoRingTests
{
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate());
    private static readonly TestSigner s_old = TestSigner.Create(TestKeyType.P256);
    private static readonly TestSigner s_new = TestSigner.Create(TestKeyType.Rsa2048);

    [Fact]
    public async Task VerifyAsync_TakesTheNewestAndTheRetainedKeys()
    {
        VerificationRing first = VerificationRing.Create(s_old.Certificate, new FixedClock(TestClock.Now));
        VerificationRing both = first.Replace(s_new.Certificate);
        VerificationRing revoked = both.Revoke(s_old.Certificate.Certificate.Sha256.Span);

        (await ReasonAsync(first, s_old)).Should().Be(FailureReason.None);
        (await ReasonAsync(first, s_new)).Should().Be(FailureReason.ForwardedBadSignature);
        (await ReasonAsync(both, s_old)).Should().Be(FailureReason.None);
        (await ReasonAsync(both, s_new)).Should().Be(FailureReason.None);
        (await ReasonAsync(revoked, s_old)).Should().Be(FailureReason.ForwardedBadSignature);
        (await ReasonAsync(revoked, s_new)).Should().Be(FailureReason.None);
    }

    [Theory]
    [InlineData(0, FailureReason.None)]
    [InlineData(30, FailureReason.None)]
    [InlineData(31, FailureReason.ForwardedBadSignature)]
    public async Task VerifyAsync_RefusesAKeyWhoseCertificateHasExpired(int secondsAfter, FailureReason reason)
    {
        TestSigner brief = TestSigner.Create(TestKeyType.P256, TestClock.Now);
        VerificationRing ring = VerificationRing.Create(brief.Certificate, new FixedClock(TestClock.Now.AddSeconds(secondsAfter)));

        (await ReasonAsync(ring, brief)).Should().Be(reason);
    }

    [Fact]
    public async Task VerifyAsync_LooksOnceForANewerRing()
    {
        VerificationRing old = VerificationRing.Create(s_old.Certificate, new FixedClock(TestClock.Now));
        FakeRing newer = new(old, old.Replace(s_new.Certificate)), same = new(old, old);

        (await ReasonAsync(newer, s_new)).Should().Be(FailureReason.None);
        (await ReasonAsync(same, s_new)).Should().Be(FailureReason.ForwardedBadSignature);
        (await ReasonAsync(newer, TestSigner.Stranger)).Should().Be(FailureReason.ForwardedBadSignature);
        (newer.Asked, same.Asked).Should().Be((2, 1));
    }

    [Fact]
    public async Task VerifyAsync_LooksForANewerRingForNoOtherReason()
    {
        VerificationRing old = VerificationRing.Create(s_old.Certificate, new FixedClock(TestClock.Now));
        FakeRing source = new(old, old);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = source, TimeProvider = new FixedClock(TestClock.Now) });

        foreach (CertInfoRow row in CertInfoRow.All.Values.Where(row => row.Reason != FailureReason.ForwardedBadSignature))
        {
            ValueTask<CertInfoResult> task = verifier.VerifyAsync(
                row.ToAttributes(s_old), row.LoginUser, row.ServerChallenge, TestContext.Current.CancellationToken);
            task.IsCompleted.Should().BeTrue();
            await task;
        }

        source.Asked.Should().Be(0);
    }

    [Fact]
    public async Task VerifyAsync_PassesOnThatItWasCancelled()
    {
        CancellationToken cancelled = new(canceled: true);
        VerificationRing ring = VerificationRing.Create(s_old.Certificate);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = new FixedSource<VerificationRing>(ring) });

        await FluentActions.Awaiting(
            () => verifier.VerifyAsync(Tokens.Issue(s_client), "alice", CertInfoRow.DefaultChallenge, cancelled).AsTask())
            .Should().ThrowExactlyAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(33)]
    public async Task VerifyAsync_ThrowsWithoutAChallenge(int octets) => await FluentActions.Awaiting(() => Tokens.Verifier()
        .VerifyAsync(Tokens.Issue(s_client), "alice", new byte[octets], TestContext.Current.CancellationToken).AsTask())
        .Should().ThrowExactlyAsync<ArgumentException>();

    [Fact]
    public void Constructor_RefusesAVerifierThatCouldBelieveNobody() =>
        FluentActions.Invoking(() => new CertInfoTokenVerifier(new()))
            .Should().ThrowExactly<ArgumentException>().Which.Message.Should().Contain("SharedKey");

    private static Task<FailureReason> ReasonAsync(VerificationRing ring, TestSigner signer) => ReasonAsync(new FixedSource<VerificationRing>(ring), signer);

    private static async Task<FailureReason> ReasonAsync(ISource<VerificationRing> ring, TestSigner signer)
    {
        CertInfoTokenVerifier verifier = new(new() { SharedKey = ring, TimeProvider = new FixedClock(TestClock.Now) });
        return (await Tokens.VerifyAsync(Tokens.Issue(s_client, signer), verifier)).Refusal?.Reason ?? FailureReason.None;
    }

    private sealed class FakeRing(VerificationRing current, VerificationRing next) : IRefreshableSource<VerificationRing>
    {
        internal int Asked { get; private set; }

        public VerificationRing Current => current;

        public async ValueTask<VerificationRing> RefreshAsync(VerificationRing seen, CancellationToken cancellationToken = default)
        {
            Asked++;
            seen.Should().BeSameAs(current);
            await Task.Yield();
            return next;
        }
    }
}
