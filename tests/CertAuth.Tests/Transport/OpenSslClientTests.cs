using System.Net.Security;
using CertAuth.Transport;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>OpenSSL clients during a rotation.</summary>
/// <remarks>Such a client also sends a CA: the first one in its CA file with the name of its issuer. If the certificates have no key
/// identifiers, this can be the wrong CA.</remarks>
public sealed class OpenSslClientTests : IDisposable
{
    private static readonly TestName s_caName = TestName.Of(("CN", "CA")), s_name = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_old =
        TestCertificateAuthority.Create(s_caName, new() { KeyType = TestKeyType.Rsa2048 });
    private static readonly TestCertificateAuthority s_new = s_old.Rotate();

    private static readonly Dictionary<string, TestCertificate> s_clients = new()
    {
        ["version 1"] = s_old.Issue(new() { Subject = s_name, Version = TestCertificateVersion.V1 }),
        ["with key identifiers"] = s_old.IssueClient(s_name),
    };

    private readonly OpenSsl _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    [Theory]
    [InlineData("version 1", "-tls1_2", true)]
    [InlineData("version 1", "-tls1_2", false)]
    [InlineData("version 1", "-tls1_3", true)]
    [InlineData("with key identifiers", "-tls1_2", true)]
    [InlineData("with key identifiers", "-tls1_2", false)]
    [InlineData("with key identifiers", "-tls1_3", true)]
    [InlineData("with key identifiers", "-tls1_3", false)]
    public async Task Client_IsVerified_DuringARotation(string client, string version, bool isRightCaSent)
    {
        TlsAcceptResult result = await AcceptAsync(client, isRightCaSent, [], version);

        result.Rejection.Should().BeNull();
        result.Connection!.ClientCertificate!.Certificate!.Der.ToArray().Should().Equal(s_clients[client].Der.ToArray());
    }

    // .NET 10 ends this handshake before any callback: OpenSSL verifies the certificates that the client sent, leaves the error about the
    // key of the wrong CA in its queue, and .NET finds it there. No option of SslStream changes this. If this test fails, .NET has changed,
    // and README.md and docs/rotation.md can say that these clients log in.
    [Fact]
    public async Task Version1Client_ThatSendsTheWrongCa_IsRejected_OverTls13()
    {
        TlsAcceptResult result = await AcceptAsync("version 1", isRightCaSent: false, [], "-tls1_3");

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.HandshakeFailed);
        result.Rejection.Certificate.Should().BeNull();
        result.Rejection.ToString().Should().StartWith("The handshake failed before the client certificate was checked").And
            .Contain("another CA with the name of its issuer");
    }

    // The workaround in docs/rotation.md for such clients.
    [Fact]
    public async Task Version1Client_ThatSendsTheWrongCa_IsVerified_WhenTheServerAllowsOnlyTls12()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Suites cannot be chosen on Windows.");

        TlsAcceptResult result = await AcceptAsync(
            "version 1", isRightCaSent: false, [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]);

        result.Rejection.Should().BeNull();
        result.Connection!.ClientCertificate.Should().NotBeNull();
    }

    [Fact]
    public async Task Client_ThatOffersOnlyOldVersions_IsRejectedWithItsVersion()
    {
        TlsAcceptResult result = await AcceptAsync("version 1", isRightCaSent: true, [], "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.HandshakeFailed);
        result.Rejection.ToString().Should().Be("The client offers at most TLS 1.1; the minimum is 1.2.");
    }

    private Task<TlsAcceptResult> AcceptAsync(string client, bool isRightCaSent, TlsCipherSuite[] suites, params string[] options)
    {
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(Bundle(s_new.Certificate, s_old.Certificate)),
            CipherSuites = [.. suites],
        });
        return OpenSslPeers.AcceptAsync(_openSsl, tls, s_clients[client], (isRightCaSent ? s_old : s_new).Pem, options);
    }
}
