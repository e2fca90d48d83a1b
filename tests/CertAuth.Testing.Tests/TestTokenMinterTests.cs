using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Testing.Tests;

public sealed class TestTokenMinterTests
{
    private const string Issuer = "https://issuer.test", Email = "bob@example.test";

    private readonly FixedClock _clock = new(TestClock.Now.AddMilliseconds(700));

    public static MatrixTheoryData<SignatureAlgorithm, TestTokenFault> Faults =>
        new(Enum.GetValues<SignatureAlgorithm>().Where(a => a != 0), Enum.GetValues<TestTokenFault>());

    [Theory, MemberData(nameof(Faults))]
    public void Mint_MakesATokenThatIsRejectedForItsFault(SignatureAlgorithm algorithm, TestTokenFault fault)
    {
        TestTokenMinter minter = Create(algorithm);

        Validate(minter.Mint("bob", Email, fault), minter).Should().Be(GetExpectedReason(fault));
    }

    [Fact]
    public void Mint_MakesATokenForOneUserIssuerAndTime()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string token = minter.Mint("bob", Email);

        Validate(token, minter).Should().Be(RejectionReason.None);
        Validate(minter.Mint("alice", Email), minter).Should().Be(RejectionReason.TokenSubjectMismatch);
        Validate(minter.Mint("bob"), minter).Should().Be(RejectionReason.TokenEmailMismatch);
        Validate(new TestTokenMinter(new() { Key = s_key, TimeProvider = _clock }).Mint("bob", Email), minter)
            .Should().Be(RejectionReason.TokenIssuerMismatch);

        _clock.Now = TestClock.Now.AddMinutes(5);
        Validate(token, minter).Should().Be(RejectionReason.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Validate(token, minter).Should().Be(RejectionReason.TokenExpired);
    }

    [Fact]
    public void Rotate_KeepsOldKeys_UntilRetireOldKeys()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string old = minter.Mint("bob", Email);

        TestTokenKey next = minter.Rotate();
        string renewed = minter.Mint("bob", Email);
        minter.Key.Should().BeSameAs(next);
        minter.Keys.Select(key => key.KeyId).Should().Equal("key-1", "key-2");
        Validate(old, minter).Should().Be(RejectionReason.None);
        Validate(renewed, minter).Should().Be(RejectionReason.None);

        minter.RetireOldKeys();
        Validate(old, minter).Should().Be(RejectionReason.TokenKeyUnknown);
        Validate(renewed, minter).Should().Be(RejectionReason.None);
        minter.Rotate().KeyId.Should().Be("key-3");
    }

    [Fact]
    public void CreateClaims_ReturnsClaimsThatCanBeChangedAndSigned()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        var claims = minter.CreateClaims("bob", Email);
        claims["nbf"] = TestClock.Now.AddSeconds(2).ToUnixTimeSeconds();

        Validate(minter.Key.Mint(claims), minter).Should().Be(RejectionReason.TokenNotYetValid);
    }

    // Each minter has its own key unless both are given the same one.
    [Fact]
    public void Mint_MakesATokenThatAnotherMintersKeySetRejects() =>
        Validate(new TestTokenMinter().Mint("bob", Email), Create(SignatureAlgorithm.ES256)).Should().Be(RejectionReason.TokenBadSignature);

    [Fact]
    public void Constructor_Throws_WhenTheKeyDoesNotSupportTheAlgorithm() =>
        FluentActions.Invoking(() => new TestTokenMinter(new() { Key = TestKey.Fixed(TestKeyType.Rsa2048) }))
            .Should().ThrowExactly<ArgumentException>();

    private static readonly TestKey s_key = TestKey.Fixed(TestKeyType.P256, 3);

    private static RejectionReason GetExpectedReason(TestTokenFault fault) => fault switch
    {
        TestTokenFault.None => RejectionReason.None,
        TestTokenFault.Expired => RejectionReason.TokenExpired,
        TestTokenFault.IssuedInFuture => RejectionReason.TokenIssuedInFuture,
        TestTokenFault.WrongAlgorithm => RejectionReason.TokenAlgorithmMismatch,
        TestTokenFault.BadSignature => RejectionReason.TokenBadSignature,
        TestTokenFault.UnknownKey => RejectionReason.TokenKeyUnknown,
        TestTokenFault.Unsigned => RejectionReason.TokenMalformed,
        TestTokenFault.SignedWithPublicKey => RejectionReason.TokenAlgorithmNotAllowed,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault."),
    };

    private TestTokenMinter Create(SignatureAlgorithm algorithm) => new(new()
    {
        Algorithm = algorithm,
        Key = algorithm switch
        {
            SignatureAlgorithm.ES256 => s_key,
            SignatureAlgorithm.ES384 => TestKey.Fixed(TestKeyType.P384),
            SignatureAlgorithm.ES512 => TestKey.Fixed(TestKeyType.P521),
            _ => TestKey.Fixed(TestKeyType.Rsa2048),
        },
        Issuer = Issuer,
        Lifetime = TimeSpan.FromMinutes(5),
        TimeProvider = _clock,
    });

    private RejectionReason Validate(string token, TestTokenMinter minter)
    {
        AuthTokenValidator validator = new(new() { TimeProvider = _clock });
        validator.TryValidate(Encoding.ASCII.GetBytes(token), minter.TokenKeySet, new("bob", Email, Issuer), out Rejection? rejection);
        return rejection?.Reason ?? RejectionReason.None;
    }
}
