using System.Net.Security;

namespace CertAuth.Tls;

/// <summary>A cipher suite with its two names.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Iana">The IANA name.</param>
/// <param name="OpenSsl">The OpenSSL name; null if OpenSSL has none.</param>
/// <param name="IsKnownToTidb">Whether TiDB knows the suite.</param>
internal sealed record CipherSuiteNames(TlsCipherSuite Suite, string Iana, string? OpenSsl, bool IsKnownToTidb = false);
