using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>A warning about a key of a JWK set that is not used.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TokenKeyWarning
{
    internal TokenKeyWarning(TokenKeyWarningKind kind, int index, string? keyId) => (Kind, Index, KeyId) = (kind, index, keyId);

    /// <summary>Gets the kind of the warning.</summary>
    public TokenKeyWarningKind Kind { get; }

    /// <summary>Gets the position of the key in the set, from 0.</summary>
    public int Index { get; }

    /// <summary>Gets the <c>kid</c> of the key, not escaped; null if it has none that can be read.</summary>
    public string? KeyId { get; }

    /// <summary>Gets the reason, to follow the words "The key" in a sentence: for example, <c>has no kid, so no token can refer to it</c>.
    /// It does not end with a period.</summary>
    public string Reason => Kind switch
    {
        TokenKeyWarningKind.Malformed => "is not a JSON object with the members that its type requires",
        TokenKeyWarningKind.RepeatedMember => "has a repeated member",
        TokenKeyWarningKind.UnsupportedType => $"is neither {KeyPolicy.UsableJwkTypes}",
        TokenKeyWarningKind.EdDsa => $"has {KeyPolicy.UnsupportedOkp}",
        TokenKeyWarningKind.Symmetric => "is symmetric, so any party that can verify a token can also sign one",
        TokenKeyWarningKind.PrivateMembers => "has private members, so any reader of the set can sign tokens; create a new key",
        TokenKeyWarningKind.WrongUse => "is not for the verification of signatures (use, key_ops)",
        TokenKeyWarningKind.AlgorithmMismatch => "has an alg that is not supported or does not fit its type",
        TokenKeyWarningKind.Weak =>
            "is weak; an RSA key needs 2048 to 8192 bits, an odd exponent of at least 65537 in 32 bits, and a modulus that is odd and not "
            + "affected by CVE-2017-15361",
        TokenKeyWarningKind.PointNotOnCurve => "has a point that is not on its curve",
        TokenKeyWarningKind.KeyIdMissing => "has no kid, so no token can refer to it",
        _ => $"has a warning with the number {(int)Kind}",
    };

    /// <summary>Returns a sentence: one line for a log, control characters escaped.</summary>
    public override string ToString() => KeyId is null ? $"Key {Index} {Reason}." : $"Key {Index} (kid {LogText.Escape(KeyId)}) {Reason}.";
}
