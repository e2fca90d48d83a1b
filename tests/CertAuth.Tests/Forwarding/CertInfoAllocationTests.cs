using System.Security.Authentication;
using System.Text.Json;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Forwarding;

public sealed class CertInfoAllocationTests
{
    // The result consists of the connection, the certificate, its digest, the cipher suites, the encoded names, their text in UTF-16, and
    // the encoded subject alternative names.
    private const int ObjectBytes = 640;
    private const int BytesPerNameCharacter = 4;

    private static readonly TestName s_name = TestName.Of(
        ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP Inc."), ("OU", "TiDB"), ("CN", "tpch-user1"),
        ("emailAddress", "zz@pingcap.com"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public async Task VerifyAsync_AllocatesOnlyItsResult(int sans)
    {
        ParsedCertificate certificate = Clients.Certificate(
            s_name, s_name, [.. Enumerable.Range(0, sans).Select(i => TestSan.Uri($"spiffe://example.org/service/{i}"))]);
        TlsConnectionInfo client = new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = Clients.Aes128,
            ClientCertificate = new(certificate, default),
            AllowedCipherSuites = [Clients.Aes128, Clients.Aes256],
        };
        CertInfoTokenVerifier verifier = Tokens.Verifier(TestSigner.Rsa);
        ConnectionAttributes attributes = Tokens.Issue(client, TestSigner.Rsa);
        (await Tokens.VerifyAsync(attributes, verifier)).Succeeded.Should().BeTrue();
        attributes.GetCertInfo(out ReadOnlyMemory<byte> info, out _).Should().BeNull();

        const int Calls = 100;
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < Calls; i++)
                IsVerified(verifier, attributes).Should().BeTrue();
        }) / Calls;

        using JsonDocument facts = JsonDocument.Parse(info);
        int Length(string member) => facts.RootElement.GetProperty(member).GetString()!.Length;
        allocated.Should().BeInRange(0, ObjectBytes + (BytesPerNameCharacter * (Length("subject") + Length("issuer"))) + Length("SAN"));
    }

    private static bool IsVerified(CertInfoTokenVerifier verifier, ConnectionAttributes attributes)
    {
        ValueTask<CertInfoResult> task = verifier.VerifyAsync(attributes, CertInfoRow.UserName, CertInfoRow.DefaultChallenge);
        return task.IsCompletedSuccessfully && task.Result.Succeeded;
    }
}
