namespace CertAuth.Certificates;

/// <summary>The purposes of ExtKeyUsageSyntax (RFC 5280, 4.2.1.12) that path validation distinguishes.</summary>
[Flags]
internal enum ExtendedKeyUsages
{
    None = 0,
    ClientAuth = 1,
    Any = 2,
    ServerAuth = 4,
}
