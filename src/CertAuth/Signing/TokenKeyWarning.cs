namespace CertAuth.Signing;

/// <summary>Why a key of a set is passed over, or what is odd about it.</summary>
public enum TokenKeyWarningKind
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>Not a JSON object of the members that its type needs (RFC 7517, 4; RFC 7518, 6), or an object of more than 128
    /// members.</summary>
    Malformed = 1,

    /// <summary>A member stands twice.</summary>
    RepeatedMember = 2,

    /// <summary>A key type other than RSA and EC, or a curve other than P-256, P-384 and P-521.</summary>
    UnsupportedType = 3,

    /// <summary>Ed25519 or Ed448: .NET 10 can't verify them.</summary>
    EdDsa = 4,

    /// <summary>A symmetric key: whoever verifies with it could sign.</summary>
    Symmetric = 5,

    /// <summary>It has private members: whoever reads the set could sign.</summary>
    PrivateMembers = 6,

    /// <summary>Its <c>use</c> isn't <c>sig</c>, or its <c>key_ops</c> lack <c>verify</c>.</summary>
    WrongUse = 7,

    /// <summary>Its <c>alg</c> isn't one that is taken, or doesn't fit its type.</summary>
    AlgorithmMismatch = 8,

    /// <summary>An RSA modulus under 2048 or over 8192 bits, an exponent that is even, under 65537 or over 32 bits, or a modulus that can be
    /// factored (CVE-2017-15361).</summary>
    Weak = 9,

    /// <summary>A point that isn't on its curve.</summary>
    PointNotOnCurve = 10,

    /// <summary>No <c>kid</c>: no token finds it.</summary>
    KeyIdMissing = 11,
}

/// <summary>One key of a set that is passed over.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TokenKeyWarning
{
    internal TokenKeyWarning(TokenKeyWarningKind kind, int index, string? keyId) => (Kind, Index, KeyId) = (kind, index, keyId);

    /// <summary>Why.</summary>
    public TokenKeyWarningKind Kind { get; }

    /// <summary>The number of the key in the set, from 0.</summary>
    public int Index { get; }

    /// <summary>Its <c>kid</c>, where it has one.</summary>
    public string? KeyId { get; }

    /// <summary>One line for a log, control characters escaped.</summary>
    public override string ToString() => KeyId is null ? $"key {Index}: {Kind}" : $"key {Index}, kid {LogText.Escape(KeyId)}: {Kind}";
}
