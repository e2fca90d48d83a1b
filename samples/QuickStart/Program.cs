// Creates a CA and certificates in memory, listens on loopback, and lets SslStream clients log in: without a certificate, with the right
// one, and with certificates that are accepted by mistake if a server compares names as text. Prints the client, the decision and the
// reason of each attempt.
using CertAuth;
using CertAuth.Requirements;
using CertAuth.Testing;
using QuickStart;

TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "Example CA")));
TestCertificateAuthority otherCa = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "Example CA")));
TestName aliceName = TestName.Of(("C", "US"), ("O", "Example"), ("CN", "alice"));

Client[] clients =
[
    new("no certificate", null),
    new("alice", ca.IssueClient(aliceName)),
    new("alice, impostor CA", otherCa.IssueClient(aliceName)),
    new("O = 'Example/CN=alice'", ca.IssueClient(TestName.Of(("C", "US"), ("O", "Example/CN=alice")))),
    new("orders service", ca.IssueClient(
        TestName.Of(("CN", "orders")), TestSan.Dns("orders.example"), TestSan.Uri("spiffe://example/ns/shop/sa/orders"))),
];

Account[] accounts =
[
    Account.WithCertificate("alice", "REQUIRE SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/C=US/O=Example/CN=Example CA'"),
    Account.WithCertificate("orders", "REQUIRE SAN 'URI:spiffe://example/ns/*/sa/orders'"),
    Account.Custom("report", LoginRequirement.X509),
    Account.Custom("guest", LoginRequirement.Ssl),
];

using LoginServer server = new(ca, accounts);
int unexpected = 0;
foreach (Account account in accounts)
{
    Console.WriteLine($"{account.UserName}: {account.Requirement}");
    foreach (Client client in clients)
    {
        (bool accepted, string line) = await server.LogInAsync(account.UserName, client);
        Console.WriteLine($"  {client.Name,-31} {line}");
        unexpected += accepted == IsExpectedToSucceed(account.UserName, client.Name) ? 0 : 1;
    }
}

Console.WriteLine(unexpected == 0 ? "All outcomes are as expected." : $"{unexpected} outcomes are not as expected.");
return unexpected;

static bool IsExpectedToSucceed(string user, string client) => (user, client) switch
{
    ("alice", "alice") or ("orders", "orders service") => true,
    ("report", _) => client is not ("no certificate" or "alice, impostor CA"),
    ("guest", _) => true,
    _ => false,
};
