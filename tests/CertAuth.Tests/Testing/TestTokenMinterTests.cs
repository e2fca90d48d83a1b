using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;

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

        Assert.Equal(ReasonOf(fault), Validate(minter.Mint("bob", Email, fault), minter));
    }

    [Fact]
    public void Mint_IsForItsUserIssuerAndTime()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string token = minter.Mint("bob", Email);

        Assert.Equal(FailureReason.None, Validate(token, minter));
        Assert.Equal(FailureReason.TokenSubjectMismatch, Validate(minter.Mint("alice", Email), minter));
        Assert.Equal(FailureReason.TokenEmailMismatch, Validate(minter.Mint("bob"), minter));
        Assert.Equal(FailureReason.TokenIssuerMismatch, Validate(new TestTokenMinter(new() { Key = s_key, TimeProvider = _clock }).Mint("bob", Email), minter));

        _clock.Now = TestClock.Now.AddMinutes(5);
        Assert.Equal(FailureReason.None, Validate(token, minter));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FailureReason.TokenExpired, Validate(token, minter));
    }

    [Fact]
    public void Rotate_KeepsOldKeysUntilTheyRetire()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        string old = minter.Mint("bob", Email);

        TestTokenKey next = minter.Rotate();
        string renewed = minter.Mint("bob", Email);
        Assert.Same(next, minter.Key);
        Assert.Equal(["key-1", "key-2"], minter.Keys.Select(key => key.KeyId));
        Assert.Equal(FailureReason.None, Validate(old, minter));
        Assert.Equal(FailureReason.None, Validate(renewed, minter));

        minter.RetireOldKeys();
        Assert.Equal(FailureReason.TokenKeyUnknown, Validate(old, minter));
        Assert.Equal(FailureReason.None, Validate(renewed, minter));
        Assert.Equal("key-3", minter.Rotate().KeyId);
    }

    [Fact]
    public void ClaimsFor_CanBeChangedAndSigned()
    {
        TestTokenMinter minter = Create(SignatureAlgorithm.ES256);
        var claims = minter.ClaimsFor("bob", Email);
        claims["nbf"] = TestClock.Now.AddSeconds(2).ToUnixTimeSeconds();

        Assert.Equal(FailureReason.TokenNotYetValid, Validate(minter.Key.Mint(claims), minter));
    }

    // Two minters are strangers to one another, unless they were given one key.
    [Fact]
    public void Mint_IsNotTheTokenOfAnotherMinter() =>
        Assert.Equal(FailureReason.TokenBadSignature, Validate(new TestTokenMinter().Mint("bob", Email), Create(SignatureAlgorithm.ES256)));

    [Fact]
    public void Create_RefusesAKeyOfAnotherAlgorithm() =>
        Assert.Throws<ArgumentException>(() => new TestTokenMinter(new() { Key = TestKey.Fixed(TestKeyType.Rsa2048) }));

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
