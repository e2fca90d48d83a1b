namespace CertAuth.Der;

/// <summary>The identifier bytes of the alternatives of GeneralName (RFC 5280, 4.2.1.6). They are context-specific; the constructed ones
/// contain other values.</summary>
internal static class GeneralNameTag
{
    internal const byte OtherName = 0xA0;
    internal const byte Email = 0x81;
    internal const byte Dns = 0x82;
    internal const byte X400Address = 0xA3;
    internal const byte DirectoryName = 0xA4;
    internal const byte EdiPartyName = 0xA5;
    internal const byte Uri = 0x86;
    internal const byte IpAddress = 0x87;
    internal const byte RegisteredId = 0x88;
}
