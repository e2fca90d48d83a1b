namespace CertAuth.Der;

/// <summary>The identifier bytes (X.690, 8.1.2) of the types that X.509 uses.</summary>
internal static class DerTag
{
    internal const byte Boolean = 0x01;
    internal const byte Integer = 0x02;
    internal const byte BitString = 0x03;
    internal const byte OctetString = 0x04;
    internal const byte Null = 0x05;
    internal const byte ObjectIdentifier = 0x06;
    internal const byte Utf8String = 0x0C;
    internal const byte NumericString = 0x12;
    internal const byte PrintableString = 0x13;
    internal const byte T61String = 0x14;
    internal const byte Ia5String = 0x16;
    internal const byte UtcTime = 0x17;
    internal const byte GeneralizedTime = 0x18;
    internal const byte VisibleString = 0x1A;
    internal const byte UniversalString = 0x1C;
    internal const byte BmpString = 0x1E;
    internal const byte Sequence = 0x30;
    internal const byte Set = 0x31;

    /// <summary>The bit of the constructed form. It is not a tag.</summary>
    internal const byte Constructed = 0x20;

    /// <summary>Returns the identifier byte of a context-specific tag from 0 to 30 in the primitive form.</summary>
    internal static byte ContextPrimitive(int number) => (byte)(0x80 | number);

    /// <summary>Returns the identifier byte of a context-specific tag from 0 to 30 in the constructed form.</summary>
    internal static byte ContextConstructed(int number) => (byte)(0xA0 | number);
}
