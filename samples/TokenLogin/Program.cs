// Issues login tokens with a key in memory and prints which of them are accepted for alice, and why the others are rejected.
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth;
using CertAuth.Signing;
using CertAuth.Testing;

TestTokenKey key = TestTokenKey.Create("key-1");
TestTokenKey unknownKey = TestTokenKey.Create("key-2");
TokenKeySet keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(key));
LoginAuthenticator authenticator = new(new() { TokenAuthenticator = new TokenAuthenticator(Source.Fixed(keys)) });

Account alice = Account.WithToken("alice", "REQUIRE TOKEN_ISSUER 'https://issuer.example'", "alice@example.com");

// A real server gets these facts from the result of ServerTls.AcceptAsync.
TlsConnectionInfo connection = new() { Protocol = SslProtocols.Tls13, CipherSuite = TlsCipherSuite.TLS_AES_256_GCM_SHA384 };

DateTimeOffset now = TimeProvider.System.GetUtcNow();
(string Name, string Token, RejectionReason Expected)[] logins =
[
    ("a valid token", Mint(key, "alice", now), RejectionReason.None),
    ("a token of another user", Mint(key, "bob", now), RejectionReason.TokenSubjectMismatch),
    ("an old token", Mint(key, "alice", now.AddHours(-1)), RejectionReason.TokenMaxAgeExceeded),
    ("an expired token", MintExpired(), RejectionReason.TokenExpired),
    ("a token of an unknown key", Mint(unknownKey, "alice", now), RejectionReason.TokenKeyUnknown),
];

int unexpected = 0;
foreach ((string name, string token, RejectionReason expected) in logins)
{
    AuthenticationResult result = await authenticator.AuthenticateAsync(
        new(alice, connection) { Credential = Encoding.ASCII.GetBytes(token) });
    Console.WriteLine($"{name,-26} {result}");
    unexpected += (result.Rejection?.Reason ?? RejectionReason.None) == expected ? 0 : 1;
}

Console.WriteLine(unexpected == 0 ? "All outcomes are as expected." : $"{unexpected} outcomes are not as expected.");
return unexpected;

static string Mint(TestTokenKey key, string user, DateTimeOffset issuedAt) =>
    key.Mint(user, $"{user}@example.com", issuedAt, "https://issuer.example");

string MintExpired() => key.Mint(new()
{
    ["sub"] = "alice",
    ["email"] = "alice@example.com",
    ["iss"] = "https://issuer.example",
    ["iat"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
    ["exp"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
});
