using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Testing;

public sealed class TestTokenMinterTests
{
    private const string Issuer = "https://issuer.test", Email = "bob@example.test";

    private readonly FixedClock _clock = new(TestClock.Now.AddMilliseconds(700));

    public static MatrixTheoryData<SignatureAlgorithm, TestTokenFault> Faults => new(Enum.GetValues<SignatureAlgorithm>().Where(a => a != 0), Enum.GetValues<TestTokenFault>());

    [Theory, MemberData(nameof(Faults))]
    public void Mint_IsRefusedForItsFault(SignatureAlgorithm algorithm, TestTokenFault fault)
    {
        TestTokenMinter minter = Create(algorithm);

        Validate(minter.Mint("bob", Email, fault), minter).Should().Be(ReasonOf(fault));
    }

    [Fact]
    public void Mint_IsForItsUserIssuerAndTime()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string token = minter.Mint("bob", Email);

        Validate(token, minter).Should().Be(FailureReason.None);
        Validate(minter.Mint("alice", Email), minter).Should().Be(FailureReason.TokenSubjectMismatch);
        Validate(minter.Mint("bob"), minter).Should().Be(FailureReason.TokenEmailMismatch);
        Validate(new TestTokenMinter(new() { Key = s_key, TimeProvider = _clock }).Mint("bob", Email), minter)
            .Should().Be(FailureReason.TokenIssuerMismatch);

        _clock.Now = TestClock.Now.AddMinutes(5);
        Validate(token, minter).Should().Be(FailureReason.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Validate(token, minter).Should().Be(FailureReason.TokenExpired);
    }

    [Fact]
    public void Rotate_KeepsOldKeysUntilTheyRetire()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string old = minter.Mint("bob", Email);

        TestTokenKey next = minter.Rotate();
        string renewed = minter.Mint("bob", Email);
        minter.Key.Should().BeSameAs(next);
        minter.Keys.Select(key => key.KeyId).Should().Equal("key-1", "key-2");
        Validate(old, minter).Should().Be(FailureReason.None);
        Validate(renewed, minter).Should().Be(FailureReason.None);

        minter.RetireOldKeys();
        Validate(old, minter).Should().Be(FailureReason.TokenKeyUnknown);
        Validate(renewed, minter).Should().Be(FailureReason.None);
        minter.Rotate().KeyId.Should().Be("key-3");
    }

    [Fact]
    public void ClaimsFor_CanBeChangedAndSigned()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        var claims = minter.ClaimsFor("bob", Email);
        claims["nbf"] = TestClock.Now.AddSeconds(2).ToUnixTimeSeconds();

        Validate(minter.Key.Mint(claims), minter).Should().Be(FailureReason.TokenNotYetValid);
    }

    // Two minters are strangers to one another, unless they were given one key.
    [Fact]
    public void Mint_IsNotTheTokenOfAnotherMinter() =>
        Validate(new TestTokenMinter().Mint("bob", Email), Create(SignatureAlgorithm.ES256)).Should().Be(FailureReason.TokenBadSignature);

    [Fact]
    public void Create_RefusesAKeyOfAnotherAlgorithm() =>
        FluentActions.Invoking(() => new TestTokenMinter(new() { Key = TestKey.Fixed(TestKeyType.Rsa2048) }))
            .Should().ThrowExactly<ArgumentException>();

    private static readonly TestKey s_key = TestKey.Fixed(TestKeyType.P256, 3);

    private static FailureReason ReasonOf(TestTokenFault fault) => fault switch
    {
        TestTokenFault.None => FailureReason.None,
        TestTokenFault.Expired => FailureReason.TokenExpired,
        TestTokenFault.FromTheFuture => FailureReason.TokenIssuedInFuture,
        TestTokenFault.WrongAlgorithm => FailureReason.TokenAlgorithmMismatch,
        TestTokenFault.BadSignature => FailureReason.TokenBadSignature,
        TestTokenFault.UnknownKey => FailureReason.TokenKeyUnknown,
        TestTokenFault.Unsigned => FailureReason.TokenMalformed,
        TestTokenFault.SignedWithPublicKey => FailureReason.TokenAlgorithmRefused,
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

    private FailureReason Validate(string token, TestTokenMinter minter)
    {
        AuthTokenValidator validator = new(new() { TimeProvider = _clock });
        validator.TryValidate(Encoding.ASCII.GetBytes(token), minter.VerificationKeys, new("bob", Email, Issuer), out Refusal? refusal);
        return refusal?.Reason ?? FailureReason.None;
    }
}
