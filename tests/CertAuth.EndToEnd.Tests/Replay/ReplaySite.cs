using System.Text.Json;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>Servers configured like the recorded MariaDB, with an account for each login.</summary>
/// <remarks>MariaDB trusted <c>ca1.pem</c>, for <c>two-ca-1</c> and <c>two-ca-2</c> also <c>ca2.pem</c>, and for <c>two-ca-samename</c>
/// also <c>ca1fake.pem</c>, a CA of the same name. In that case, the client also sends <c>ca1.pem</c>, and the handshake fails on .NET 10
/// although the certificate verifies (see <c>UnverifiedCertificateTests</c>). Except in tests of dates, the certificates are valid from
/// 2020 to 2049.</remarks>
public sealed class ReplaySite : IAsyncLifetime
{
    private readonly Site _site = new(folder => Directory.CreateDirectory(folder.Path));
    private readonly Dictionary<string, LoginServer> _servers = [];

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(SharedFiles.VectorsFolder, "mariadb-logins.json")))
            return;
        CopyPairs();
        IEnumerable<RecordedLogin> logins = RecordedLogin.File.All.Where(login => login.IsReplayed && IsAccepted(login.Statement));
        string accounts = string.Join('\n', logins.Select(login => login.Statement));
        byte[] keys = TestTokenKey.CreateJwkSet(TestTokenKey.Create("unused"));
        (string, string[])[] servers = [("", ["ca1"]), ("two", ["ca1", "ca2"]), ("same-name", ["ca1", "ca1fake"])];
        foreach ((string name, string[] anchors) in servers)
        {
            Folder folder = new(_site.Folder.In(name));
            Directory.CreateDirectory(folder.Path);
            File.Copy(Find("server.pem"), folder.ServerCertificate);
            File.Copy(Find("srv.key"), folder.ServerKey);
            await File.WriteAllTextAsync(folder.Ca, string.Concat(anchors.Select(anchor => File.ReadAllText(Find($"{anchor}.pem")))));
            await File.WriteAllBytesAsync(folder.KeySet, keys);
            await File.WriteAllTextAsync(folder.Accounts, accounts);
            _servers.Add(name, await _site.StartServerAsync(o => o with { Folder = folder }));
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>Returns true if the statement creates an account.</summary>
    internal static bool IsAccepted(string statement) => AccountTable.TryRead(statement, out _, out _);

    /// <summary>Logs in and returns the client's output and the server's decision.</summary>
    internal async Task<Attempt> LogInAsync(RecordedLogin login, string statements)
    {
        LoginServer server = _servers[login.Id switch { "two-ca-1" or "two-ca-2" => "two", "two-ca-samename" => "same-name", _ => "" }];
        MariaDbClient client = _site.Client(server.Address);
        string[] options = [.. login.Options];
        LogReader log = new(_site);
        string printed = login.Tls == "off"
            ? await client.RunWithoutTlsAsync(login.Id, statements, options)
            : await client.RunAsync(login.Id, Path.GetFileNameWithoutExtension(login.Cert), statements, options);
        return new(printed, await log.ReadDecisionAsync());
    }

    // The client reads a pair from NAME-cert.pem and NAME-key.pem. The index names the key if it is not the default one.
    private void CopyPairs()
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Find("index.json")));
        foreach (string file in RecordedLogin.File.All.Select(login => login.Cert).OfType<string>().Distinct())
        {
            string name = Path.GetFileNameWithoutExtension(file);
            string key = index.RootElement.GetProperty(name).GetProperty("key").GetString()!;
            File.Copy(Find(file), _site.Folder.In($"{name}-cert.pem"));
            File.Copy(Find(key), _site.Folder.In($"{name}-key.pem"));
        }
    }

    private static string Find(string name) => SharedFiles.RequireVectors(Path.Combine("certs", name));
}
