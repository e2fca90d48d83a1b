// A proxy and a server in one process, each with its own TLS: client -> proxy -> server. The server evaluates REQUIRE with the client's
// certificate, which only the proxy has received. The program prints the server's decision and reason for each attempt. The exit code is 1
// if an outcome is unexpected.
using System.Net.Security;
using System.Text;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tls;
using CertAuth.Trust;
using Forwarding;

const int LoginsPerRotation = 40;

// Temporary CAs for the certificates of clients, of servers, and of the proxy: its certificate as a TLS client and its signing
// certificates.
TestCertificateAuthority clientCa = TestCertificateAuthority.Create(TestName.Of(("CN", "Client CA")));
TestCertificateAuthority serverCa = TestCertificateAuthority.Create(TestName.Of(("CN", "Server CA")));
TestCertificateAuthority proxyCa = TestCertificateAuthority.Create(TestName.Of(("CN", "Proxy CA")));
TestCertificate proxyCertificate = proxyCa.IssueClient(TestName.Of(("CN", "proxy-1")));
TestCertificate alice = clientCa.IssueClient(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "alice")));
TestCertificate bob = clientCa.IssueClient(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "bob")));
TestCertificate orders = clientCa.IssueClient(TestName.Of(("CN", "orders")), TestSan.Uri("spiffe://example/ns/shop/sa/orders"));
Account[] accounts =
[
    Account.WithCertificate("alice", "REQUIRE SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/CN=Client CA'"),
    Account.WithCertificate("orders", "REQUIRE SAN 'URI:spiffe://example/ns/*/sa/orders'"),
];

using SignerFiles files = new();
TestCertificate signer = CreateSigner();
files.PutOnProxy(signer);
files.PutOnServer(signer);
using Reloadable<SigningKeyPair> keys = await SigningKeyPair.OpenAsync(files.ProxyCertificate, files.ProxyKey);
using Reloadable<SigningCertificateRing> signers = await SigningCertificateRing.OpenAsync(files.ServerCertificate);
using Server server = new(
    CreateTls(clientCa, ClientCertificatePolicy.Requested, TlsCipherSuite.TLS_AES_128_GCM_SHA256, untilYear: 2048),
    CreateTls(proxyCa, ClientCertificatePolicy.Required, TlsCipherSuite.TLS_AES_128_GCM_SHA256, untilYear: 2048),
    signers,
    accounts);
using Proxy proxy = new(
    CreateTls(clientCa, ClientCertificatePolicy.Requested, TlsCipherSuite.TLS_AES_256_GCM_SHA384, untilYear: 2049),
    keys,
    server.PortForProxies,
    serverCa,
    proxyCertificate);

int unexpected = 0;
Console.WriteLine("Through the proxy:");
CompareStatus(await ExpectAsync("alice", "her certificate", alice, RejectionReason.None));
CompareStatus(await ExpectAsync("orders", "its certificate", orders, RejectionReason.None));
await ExpectAsync("alice", "no certificate", null, RejectionReason.CertificateMissing);
await ExpectAsync("alice", "bob's certificate", bob, RejectionReason.SubjectMismatch);
await ExpectAsync("orders", "alice's certificate", alice, RejectionReason.SanMismatch);

Console.WriteLine("An attacker has captured alice's token:");
await LogInAsync(proxy.Port, "alice", alice);
IReadOnlyList<ConnectionAttribute> captured = proxy.LastToken;
await ReplayAsync("replayed with the proxy's certificate", server.PortForProxies, proxyCertificate, "alice",
    RejectionReason.ForwardedInfoChallengeMismatch);
await ReplayAsync("replayed for another user", server.PortForProxies, proxyCertificate, "orders",
    RejectionReason.ForwardedInfoUserMismatch);
await ReplayAsync("sent by a client that connects directly", server.PortForClients, bob, "alice",
    RejectionReason.ForwardedInfoUnexpected);
await ReplayAsync("sent by alice herself", server.PortForClients, alice, "alice", RejectionReason.ForwardedInfoUnexpected);
await ReplayAsync("sent through the proxy, which removes it", proxy.Port, bob, "alice", RejectionReason.SubjectMismatch);
Check("attributes that the server stores", server.LastStored is [var stored] && stored.Name.Span.SequenceEqual("_os"u8), "only _os");

Console.WriteLine("The signing key is replaced while clients log in:");
await RotateAsync("server first", async next =>
{
    files.PutOnServer(next);
    await signers.ReloadAsync();
    files.PutOnProxy(next);
    await keys.ReloadAsync();
});
await RotateAsync("proxy first, the server reloads on demand", async next =>
{
    files.PutOnServer(next);
    files.PutOnProxy(next);
    await keys.ReloadAsync();
});

Console.WriteLine(unexpected == 0 ? "All outcomes are as expected." : $"{unexpected} outcomes are not as expected.");
return unexpected == 0 ? 0 : 1;

TestCertificate CreateSigner() => proxyCa.IssueClient(TestName.Of(("CN", "signer of the proxies")));

ServerTls CreateTls(TestCertificateAuthority ca, ClientCertificatePolicy policy, TlsCipherSuite suite, int untilYear)
{
    TestCertificate certificate = serverCa.Issue(new()
    {
        Subject = TestName.Of(("CN", "localhost")),
        Sans = [TestSan.Dns("localhost")],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
        NotBefore = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        NotAfter = new(untilYear, 1, 1, 0, 0, 0, TimeSpan.Zero),
    });
    return new(new()
    {
        ServerCertificate = Source.Fixed(ServerCertificate.Create(certificate.ToX509Certificate2())),
        ClientTrust = Source.Fixed(TrustBundle.Parse(Encoding.ASCII.GetBytes(ca.Pem))),
        ClientCertificate = policy,
        CipherSuites = [suite],
    });
}

Task<List<string>> LogInAsync(int port, string user, TestCertificate? certificate, params IEnumerable<ConnectionAttribute> attributes) =>
    ConverseAsync(port, user, certificate, attributes).WaitAsync(TimeSpan.FromSeconds(30));

async Task<List<string>> ConverseAsync(int port, string user, TestCertificate? certificate, IEnumerable<ConnectionAttribute> attributes)
{
    await using LineConnection connection = await LineConnection.OpenAsync(port, serverCa, certificate);
    await connection.ReceiveChallengeAsync();
    await new LoginMessage(user, [new("_os", "linux"), .. attributes]).SendAsync(connection);
    return await connection.ReceiveUntilAsync("end");
}

async Task<List<string>> ExpectAsync(string user, string with, TestCertificate? certificate, RejectionReason expected)
{
    List<string> answer = await LogInAsync(proxy.Port, user, certificate);
    CheckDecision($"{user}, with {with}", answer, expected);
    return answer;
}

async Task ReplayAsync(string what, int port, TestCertificate certificate, string user, RejectionReason expected) =>
    CheckDecision(what, await LogInAsync(port, user, certificate, captured), expected);

// The client does not learn the reason, which only the server logs.
void CheckDecision(string what, List<string> answer, RejectionReason expected)
{
    AuthenticationResult result = server.LastResult!;
    bool isAccepted = answer[0] == "welcome";
    bool isAnswered = isAccepted || answer[0].StartsWith("ERROR 1045 (28000): Access denied for user ", StringComparison.Ordinal);
    RejectionReason reason = result.Rejection?.Reason ?? RejectionReason.None;
    Check(what, isAnswered && result.Succeeded == isAccepted && reason == expected, $"{result}");
}

// The server shows the status rows of the client's connection to the proxy.
void CompareStatus(List<string> answer)
{
    bool isSame = answer.Skip(1).SequenceEqual(proxy.LastStatus.Select(row => $"{row.Name}={row.Value}"));
    string rows = string.Join(", ", answer.Skip(1).Take(2));
    Check("  its status, on both sides", isSame && answer.Contains("Ssl_cipher=TLS_AES_256_GCM_SHA384"), rows);
}

async Task RotateAsync(string how, Func<TestCertificate, Task> rotate)
{
    Task<int> logins = CountLoginsAsync();
    await rotate(CreateSigner());
    int before = await logins, after = await CountLoginsAsync();
    bool isReplaced = keys.Current.Certificate.Sha256.Span.SequenceEqual(signers.Current.Newest.Certificate.Sha256.Span);
    Check(how, isReplaced && before + after == 2 * LoginsPerRotation, $"{before + after} of {2 * LoginsPerRotation} logins accepted");
}

async Task<int> CountLoginsAsync()
{
    int accepted = 0;
    for (int i = 0; i < LoginsPerRotation; i++)
        accepted += (await LogInAsync(proxy.Port, "alice", alice))[0] == "welcome" ? 1 : 0;
    return accepted;
}

void Check(string what, bool isExpected, string line)
{
    Console.WriteLine($"  {what,-42} {(isExpected ? "" : "UNEXPECTED ")}{line}".TrimEnd());
    unexpected += isExpected ? 0 : 1;
}
