using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth;
using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Transport;
using MySqlLogin.Proxy;
using MySqlLogin.Server;
using MySqlLogin.Setup;

namespace MySqlLogin;

/// <summary>Reads the options of each command. Each method throws <see cref="ArgumentException"/> if an option is invalid or
/// unknown.</summary>
internal static class CommandLine
{
    internal static string MintToken(Arguments arguments, Folder folder)
    {
        string user = arguments.Get("--user", "tok");
        string email = arguments.Get("--email", "tok@example.com");
        string issuer = arguments.Get("--issuer", "issuer-abc");
        arguments.ThrowIfUnknown();
        return Initializer.LoadTokenKey(folder).Mint(user, email, TimeProvider.System.GetUtcNow(), issuer);
    }

    internal static ServerOptions ReadServer(Arguments arguments, Folder folder)
    {
        ServerOptions options = new()
        {
            Folder = folder,
            Address = ReadAddress(arguments.Get("--listen", "127.0.0.1:4000")),
            MinimumTls = ReadTlsVersion(arguments),
            CipherSuites = ReadCiphers(arguments),
            RequireSecureTransport = arguments.Has("--require-secure-transport"),
            UnverifiedCertificate = ReadUnverified(arguments),
            Proxies = ReadProxies(arguments.Get("--proxies", "")),
            PollInterval = ReadPoll(arguments),
        };
        arguments.ThrowIfUnknown();
        return options;
    }

    internal static ProxyOptions ReadProxy(Arguments arguments, Folder folder)
    {
        IPEndPoint server = ReadAddress(arguments.Get("--server", "127.0.0.1:4000"));
        ProxyOptions options = new()
        {
            Folder = folder,
            Server = server,
            ServerName = ReadServerName(arguments.Get("--server-name", server.Address.ToString())),
            Address = ReadAddress(arguments.Get("--listen", "127.0.0.1:6000")),
            MinimumTls = ReadTlsVersion(arguments),
            CipherSuites = ReadCiphers(arguments),
            UnverifiedCertificate = ReadUnverified(arguments),
            PollInterval = ReadPoll(arguments),
        };
        arguments.ThrowIfUnknown();
        return options;
    }

    private static UnverifiedCertificatePolicy ReadUnverified(Arguments arguments) =>
        arguments.Has("--continue-unverified") ? UnverifiedCertificatePolicy.Continue : UnverifiedCertificatePolicy.FailHandshake;

    private static IPEndPoint ReadAddress(string text) =>
        IPEndPoint.TryParse(text, out IPEndPoint? address)
            ? address
            : throw new ArgumentException($"'{text}' is not an address and port, such as 127.0.0.1:4000.");

    private static ServerName ReadServerName(string text) =>
        ServerName.TryParse(text, out ServerName? name)
            ? name
            : throw new ArgumentException($"--server-name: '{text}' is neither a DNS name nor an IP address.");

    // As in TiDB, the minimum version.
    private static MinimumTlsVersion ReadTlsVersion(Arguments arguments) => arguments.Get("--tls-version", "TLSv1.2") switch
    {
        "TLSv1.2" => MinimumTlsVersion.Tls12,
        "TLSv1.3" => MinimumTlsVersion.Tls13,
        string other => throw new ArgumentException($"--tls-version must be TLSv1.2 or TLSv1.3, not '{other}'."),
    };

    private static ImmutableArray<TlsCipherSuite> ReadCiphers(Arguments arguments)
    {
        string list = arguments.Get("--ssl-cipher", "");
        if (list.Length == 0)
            return CipherSuites.Recommended;
        return CipherSuites.TryParseList(list, out ImmutableArray<TlsCipherSuite> suites, out CipherListError error)
            ? suites
            : throw new ArgumentException($"--ssl-cipher: {error}");
    }

    // Without a name, every client with a certificate of the CA could act as a proxy.
    private static LoginRequirement? ReadProxies(string clause)
    {
        if (clause.Length == 0)
            return null;
        if (!LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error))
            throw new ArgumentException($"--proxies: {error}");
        return requirement.IdentifiesHolder
            ? requirement
            : throw new ArgumentException("--proxies must contain SUBJECT, SAN, CERTIFICATE or PUBLIC_KEY in each alternative.");
    }

    private static TimeSpan ReadPoll(Arguments arguments) => TimeSpan.FromSeconds(arguments.GetNumber("--poll", 60, 1, 86_400));
}
