using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>The client of a <see cref="TestTlsLoopback"/>. It accepts every server certificate unless <see cref="Options"/> is
/// set.</summary>
public sealed record TestTlsClient
{
    /// <summary>Gets the certificate that the client presents on request, with its intermediates; null, the default, for none.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>Gets the TLS versions that the client offers. Default: <see cref="SslProtocols.None"/>, the choice of the
    /// platform.</summary>
    public SslProtocols Protocols { get; init; }

    /// <summary>Gets the cipher suites that the client offers (Linux and macOS); empty, the default, for those of the platform.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>Gets the server name that the client sends. Default: <c>localhost</c>.</summary>
    public string ServerName { get; init; } = "localhost";

    /// <summary>Gets options that replace all other properties, such as those of <c>UpstreamTls</c>; null, the default, for none.</summary>
    public SslClientAuthenticationOptions? Options { get; init; }

    /// <summary>Creates the options and adds the objects they use to <paramref name="owned"/>, to be disposed after the
    /// connection.</summary>
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
