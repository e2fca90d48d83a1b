namespace CertAuth.Certificates;

/// <summary>The extensions of RFC 5280, 4.2.1 that are read or whose presence a rule checks.</summary>
[Flags]
internal enum ExtensionKinds
{
    None = 0,
    SubjectKeyIdentifier = 1 << 0,
    KeyUsage = 1 << 1,
    SubjectAlternativeName = 1 << 2,
    BasicConstraints = 1 << 3,
    NameConstraints = 1 << 4,
    PolicyConstraints = 1 << 5,
    AuthorityKeyIdentifier = 1 << 6,
    ExtendedKeyUsage = 1 << 7,
}
