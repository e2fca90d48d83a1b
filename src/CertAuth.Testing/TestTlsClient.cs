using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>The client of a <see cref="TestTlsLoopback"/>. It takes whatever certificate the server has, unless <see cref="Options"/> say
/// otherwise.</summary>
public sealed record TestTlsClient
{
    /// <summary>The certificate that it presents where it is asked for one, and the intermediates above it; null, the default, for
    /// none.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>The versions of TLS that it speaks. Default: <see cref="SslProtocols.None"/>, which is the platform's choice.</summary>
    public SslProtocols Protocols { get; init; }

    /// <summary>The cipher suites that it offers (Linux and macOS); empty, the default, for the platform's own.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>The name of the server that it asks for. Default: <c>localhost</c>.</summary>
    public string ServerName { get; init; } = "localhost";

    /// <summary>Options in place of all of the above, such as those of <c>UpstreamTls</c>; null by default.</summary>
    public SslClientAuthenticationOptions? Options { get; init; }

    /// <summary>The options; what they hold is added to the list, to be disposed after the connection.</summary>
    internal SslClientAuthenticationOptions CreateOptions(List<IDisposable> owned) => Options ?? new()
    {
        TargetHost = ServerName,
        EnabledSslProtocols = Protocols,
        ClientCertificateContext = CreateContext(owned),
        CipherSuitesPolicy = CipherSuites.IsDefaultOrEmpty || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(CipherSuites),
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        AllowTlsResume = false,
    };

    private SslStreamCertificateContext? CreateContext(List<IDisposable> owned)
    {
        if (Certificate is null)
            return null;

        X509Certificate2 own = Certificate.ToX509Certificate2();
        X509Certificate2[] chain = Certificate.LoadChain();
        owned.Add(own);
        owned.AddRange(chain);
        return SslStreamCertificateContext.Create(own, [.. chain], offline: true);
    }
}
