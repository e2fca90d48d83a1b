namespace CertAuth.Der;

/// <summary>The attribute types of names that have a rule of their own.</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class AttributeOids
{
    /// <summary>1.2.840.113549.1.9.1, id-emailAddress (RFC 5280, appendix A.1).</summary>
    internal static ReadOnlySpan<byte> EmailAddress => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01];
}
