using CertAuth.Tests.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Docs;

/// <summary>Runs the examples of the test kit's README.</summary>
public sealed class KitPageTests
{
    private static readonly TlsConnectionInfo s_connection = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    [Fact]
    public void Issue_MakesValidAndInvalidCertificates()
    {
        (TestCertificate alice, TestCertificate odd, TestCertificateAuthority ca) = KitExample.Issue();
        TrustBundle bundle = TrustExtensions.Bundle(
            new TrustBundleOptions { TimeProvider = new FixedClock(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)) }, ca.Certificate);

        bundle.VerifyChain(alice).Should().Be(RejectionReason.None);
        bundle.VerifyChain(odd).Should().NotBe(RejectionReason.None);
    }

    [Fact]
    public async Task LogIn_AcceptsAKnownClientAndRejectsAStranger() =>
        (await KitExample.LogInAsync(TestContext.Current.CancellationToken))
            .Should().Be(("accepted: alice by certificate", RejectionReason.UntrustedIssuer));

    [Fact]
    public void Revoke_RejectsTheRevokedCertificate()
    {
        (TrustBundle bundle, TestCertificate alice) = KitExample.Revoke();

        bundle.VerifyChain(alice).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public async Task LogInByToken_AcceptsAValidTokenAndRejectsAnExpiredOne() =>
        (await KitExample.LogInByTokenAsync(s_connection, TestContext.Current.CancellationToken))
            .Should().Be(("accepted: alice by token", RejectionReason.TokenExpired));

    [Fact]
    public async Task Forward_AcceptsTheClient()
    {
        var result = await KitExample.ForwardAsync(s_connection, TestContext.Current.CancellationToken);

        result.Succeeded.Should().BeTrue($"{result.Rejection}");
        $"{result.Connection!.ClientCertificate}".Should().Be("/CN=alice");
    }

    [Fact]
    public void UseFixedKeys_ReturnsTheFixedKeys()
    {
        (TestCertificateAuthority ca, TestTokenMinter minter) = KitExample.UseFixedKeys();

        ca.Key.Should().BeSameAs(TestKey.Fixed(TestKeyType.Rsa4096));
        minter.Key.PrivateKeyPem.Should().Be(TestKey.Fixed(TestKeyType.Rsa2048, 2).PrivateKeyPem);
    }
}
