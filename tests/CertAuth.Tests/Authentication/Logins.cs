using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Authentication;

/// <summary>Each authenticator, with a login that it accepts at <see cref="TestClock.Now"/>.</summary>
internal static class Logins
{
    // These fields come first because the initializers below use them.
    private static readonly FixedClock s_clock = new(TestClock.Now);
    private static readonly TestTokenKey s_tokenKey = TestTokenKey.Create("k");

    internal static TokenKeySet TokenKeys { get; } = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_tokenKey));

    internal static TlsConnectionInfo Alice { get; } = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    /// <summary>The proxy's own connection. Its certificate names the user who logs in, and must never be evaluated.</summary>
    internal static TlsConnectionInfo Proxy { get; } = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    internal static Account ByCertificate { get; } = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");

    internal static Account ByToken { get; } = Account.WithToken("alice", LoginRequirement.None);

    internal static Account ByPassword { get; } = Account.Custom("alice", LoginRequirement.X509);

    internal static byte[] Token { get; } = Encoding.ASCII.GetBytes(s_tokenKey.Mint("alice", "", TestClock.Now));

    internal static TokenAuthenticator Tokens { get; } = CreateTokenAuthenticator();

    internal static CertInfoTokenVerifier Forwarding { get; } = new(new() { SharedKey = TestSigner.P256.Ring, TimeProvider = s_clock });

    internal static LoginAuthenticatorOptions Options { get; } =
        new() { CertInfoVerifier = Forwarding, TokenAuthenticator = Tokens, Custom = new PasswordAuthenticator() };

    /// <summary>The authenticators by name, each with a request that it accepts.</summary>
    internal static IReadOnlyDictionary<string, (IAuthenticator Authenticator, AuthenticationRequest Good)> All { get; } =
        new Dictionary<string, (IAuthenticator, AuthenticationRequest)>
        {
            ["certificate"] = (new CertificateAuthenticator(), new(ByCertificate, Alice)),
            ["token"] = (Tokens, new(ByToken, Clients.Tls()) { Credential = Token }),
            ["login by certificate"] = (new LoginAuthenticator(Options), new(ByCertificate, Alice)),
            ["login by token"] = (new LoginAuthenticator(Options), new(ByToken, Clients.Tls()) { Credential = Token }),
            ["login by password"] =
                (new LoginAuthenticator(Options), new(ByPassword, Alice) { Credential = PasswordAuthenticator.Password }),
            ["login through a proxy"] =
                (new LoginAuthenticator(Options with { RequireSecureTransport = true }), ThroughProxy(ByCertificate, Alice)),
            ["token through a proxy"] = (new LoginAuthenticator(Options), ThroughProxy(ByToken, Alice, Token)),
        };

    internal static AuthenticationRequest ThroughProxy(Account account, TlsConnectionInfo? client, byte[]? credential = null) =>
        new(account, Proxy)
        {
            Credential = credential,
            IsFromProxy = true,
            Challenge = CertInfoRow.DefaultChallenge,
            Attributes = Issue(client),
        };

    internal static TokenAuthenticator CreateTokenAuthenticator(bool allowTokensWithoutTls = false) =>
        new(Source.Fixed(TokenKeys), new() { TimeProvider = s_clock, AllowTokensWithoutTls = allowTokensWithoutTls });

    /// <summary>Creates an account of the user alice.</summary>
    internal static Account CreateAccount(AuthenticationMethod method, LoginRequirement requirement, string email = "") => method switch
    {
        AuthenticationMethod.Certificate => Account.WithCertificate("alice", requirement),
        AuthenticationMethod.Token => Account.WithToken("alice", requirement, email),
        _ => Account.Custom("alice", requirement),
    };

    /// <summary>Returns a copy with the given parts replaced.</summary>
    internal static AuthenticationRequest With(
        this AuthenticationRequest request, Account? account = null, byte[]? credential = null, ConnectionAttributes? attributes = null,
        string? host = null, bool? isFromProxy = null, Func<TlsConnectionInfo?>? connection = null, byte[]? challenge = null) =>
        new(account ?? request.Account, connection is null ? request.Connection : connection())
        {
            Credential = credential ?? request.Credential,
            IsFromProxy = isFromProxy ?? request.IsFromProxy,
            Challenge = challenge ?? request.Challenge,
            Attributes = attributes ?? request.Attributes,
            ClientHost = host ?? request.ClientHost,
        };

    private static ConnectionAttributes Issue(TlsConnectionInfo? client) => CertAuth.Tests.Forwarding.Tokens.Issue(client);
}
