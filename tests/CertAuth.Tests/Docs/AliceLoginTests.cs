#pragma warning disable IDE0005, xUnit1051 // The README shows all usings, and no more than a first test needs.
using CertAuth;
using CertAuth.Testing;
using CertAuth.Trust;
using Xunit;

namespace CertAuth.Tests.Docs;

public sealed class AliceLoginTests
{
    private readonly TestCertificateAuthority _ca = TestCertificateAuthority.Create(TestName.Of(("CN", "test CA")));
    private readonly Account _alice = Account.WithCertificate("alice", "REQUIRE SUBJECT '/CN=alice'");
    private readonly LoginAuthenticator _authenticator = new();

    [Theory]
    [InlineData("alice", RejectionReason.None)]
    [InlineData("bob", RejectionReason.SubjectMismatch)]
    public async Task Alice_LogsIn_OnlyWithHerCertificate(string commonName, RejectionReason expected)
    {
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(_ca.IssueServer("db.test").ToServerCertificate()),
            ClientTrust = Source.Fixed(TrustBundle.Parse(_ca.Der.Span)),
        });
        TestTlsClient client = new() { Certificate = _ca.IssueClient(TestName.Of(("CN", commonName))) };

        await using TestTlsLoopback loopback = await TestTlsLoopback.ConnectAsync(tls, client);
        AuthenticationResult result = await _authenticator.AuthenticateAsync(new(_alice, loopback.Connection));

        Assert.Equal(expected, result.Rejection?.Reason ?? RejectionReason.None);
    }
}
