namespace CertAuth.Signing;

/// <summary>Why a key set is refused.</summary>
public enum KeySetErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Over 1 MiB, or over 10,000 keys.</summary>
    TooLarge = 1,

    /// <summary>Not strict JSON, nested over 32 deep, or neither a key set nor a key (RFC 7517, 4 and 5).</summary>
    Malformed = 2,

    /// <summary>Two usable keys have one <c>kid</c>.</summary>
    RepeatedKeyId = 3,

    /// <summary>No key of it can be used; the warnings say why.</summary>
    NoUsableKey = 4,
}
