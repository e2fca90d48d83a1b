namespace CertAuth.Certificates;

/// <summary>The bits of KeyUsage (RFC 5280, 4.2.1.3). Bit n of the standard is 1 &lt;&lt; n.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
}
