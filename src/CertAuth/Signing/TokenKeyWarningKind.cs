namespace CertAuth.Signing;

/// <summary>The reasons why a key of a JWK set is not used.</summary>
public enum TokenKeyWarningKind
{
    /// <summary>There is no warning.</summary>
    None = 0,

    /// <summary>The key is not a JSON object with the members that its type requires (RFC 7517, 4; RFC 7518, 6). Or an object in it has
    /// more than 128 members, or its <c>kid</c> has more than 1024 bytes.</summary>
    Malformed = 1,

    /// <summary>A member is repeated.</summary>
    RepeatedMember = 2,

    /// <summary>The key type or the curve is not supported. <see cref="TokenKeyWarning.Reason"/> names those that are.</summary>
    UnsupportedType = 3,

    /// <summary>The key type is OKP (RFC 8037), such as for Ed25519 and Ed448. .NET 10 cannot verify their signatures.</summary>
    EdDsa = 4,

    /// <summary>The key is symmetric. Any party that can verify with it can also sign.</summary>
    Symmetric = 5,

    /// <summary>The key has private members (RFC 7518, 6.2.2 and 6.3.2). Any reader of the set can sign with it.</summary>
    PrivateMembers = 6,

    /// <summary>The <c>use</c> is not <c>sig</c>, or the <c>key_ops</c> do not contain <c>verify</c>.</summary>
    WrongUse = 7,

    /// <summary>The <c>alg</c> is not supported, or it does not fit the key type.</summary>
    AlgorithmMismatch = 8,

    /// <summary>The RSA modulus has fewer than 2048 or more than 8192 bits, is even, or can be factored (CVE-2017-15361); or the exponent
    /// is even, less than 65537 or longer than 32 bits.</summary>
    Weak = 9,

    /// <summary>The point of an EC key is not on its curve.</summary>
    PointNotOnCurve = 10,

    /// <summary>The key has no <c>kid</c>, so no token can refer to it.</summary>
    KeyIdMissing = 11,
}
