namespace CertAuth.Json;

/// <summary>The kinds of JSON value (RFC 8259, 3).</summary>
internal enum JsonKind
{
    /// <summary>No value.</summary>
    None = 0,

    Object = 1,
    Array = 2,
    String = 3,
    Number = 4,
    True = 5,
    False = 6,
    Null = 7,
}
