using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>What either side of a handshake is told to speak.</summary>
internal static class HandshakeChoices
{
    internal static SslProtocols VersionsFrom(MinimumTlsVersion oldest) =>
        oldest == MinimumTlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Null for the platform's own suites.</summary>
    internal static CipherSuitesPolicy? PolicyFor(ImmutableArray<TlsCipherSuite> suites) =>
        suites.IsDefaultOrEmpty || OperatingSystem.IsWindows() ? null : new(suites);
}
