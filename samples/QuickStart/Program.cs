// Makes a CA and certificates in memory, listens on loopback, and lets real SslStream clients log in: with and without certificates, with the
// right one and with those that fool servers which compare names as text. Prints for each attempt who, what the account requires, and why.
using CertAuth;
using CertAuth.Requirements;
using CertAuth.Testing;
using QuickStart;

TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "Example CA")));
TestCertificateAuthority stranger = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", "Example CA")));
TestName aliceName = TestName.Of(("C", "US"), ("O", "Example"), ("CN", "alice"));

Client[] clients =
[
    new("no certificate", null),
    new("alice", ca.IssueClient(aliceName)),
    new("alice of a CA of the same name", stranger.IssueClient(aliceName)),
    new("O = 'Example/CN=alice'", ca.IssueClient(TestName.Of(("C", "US"), ("O", "Example/CN=alice")))),
    new("orders service", ca.IssueClient(TestName.Of(("CN", "orders")), TestSan.Dns("orders.example"), TestSan.Uri("spiffe://example/ns/shop/sa/orders"))),
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
        (bool allowed, string line) = await server.TryLogInAsync(account.UserName, client);
        Console.WriteLine($"  {client.Name,-31} {line}");
        unexpected += allowed == Expected(account.UserName, client.Name) ? 0 : 1;
    }
}

Console.WriteLine(unexpected == 0 ? "All as it should be." : $"{unexpected} outcomes are not as they should be.");
return unexpected;

static bool Expected(string user, string client) => (user, client) switch
{
    ("alice", "alice") or ("orders", "orders service") => true,
    ("report", _) => client is not ("no certificate" or "alice of a CA of the same name"),
    ("guest", _) => true,
    _ => false,
};
