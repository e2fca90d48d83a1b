using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class TokenAllocationTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly TokenKeySet s_keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));
    private static readonly ExpectedClaims s_alice = new("alice", "alice@x.test", "issuer-a");
    private static readonly byte[] s_token = Encoding.ASCII.GetBytes(s_key.Mint("alice", "alice@x.test", ClaimRow.Now, "issuer-a"));

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    public void TryValidate_AllocatesNothing_WhenItAccepts(int cachedTokens)
    {
        AuthTokenValidator validator = new(new() { TokenCacheSize = cachedTokens, TimeProvider = new FixedClock(ClaimRow.Now) });
        validator.TryValidate(s_token, s_keys, s_alice, out _).Should().BeTrue();

        AllocatedBy(() => validator.TryValidate(s_token, s_keys, s_alice, out _)).Should().Be(0);
    }

    [Fact]
    public void TryVerify_AllocatesNothing_WhenItAccepts()
    {
        JwsVerifier verifier = new();
        byte[] payload = new byte[verifier.MaxPayloadLength];
        verifier.TryVerify(s_token, s_keys, payload, out _, out _).Should().BeTrue();

        AllocatedBy(() => verifier.TryVerify(s_token, s_keys, payload, out _, out _)).Should().Be(0);
    }

    private static long AllocatedBy(Func<bool> action)
    {
        const int Calls = 300;
        for (int i = 0; i < Calls; i++)
            action();

        return Allocation.Of(() =>
        {
            for (int i = 0; i < Calls; i++)
                action();
        });
    }
}
