using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Setup;
using CertAuth.Requirements;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>Stored requirements on a real MariaDB server: what it writes, and what it enforces of what the library writes.</summary>
public sealed class StoredRequirementTests
{
    private const string Denied = "ERROR 1045 (28000)";

    [Fact]
    public async Task StoredRequirements_AgreeWithTheServer()
    {
        MariaDbClient.SkipIfMissing();
        MariaDbServer.SkipIfMissing();
        using InstalledFolder site = new();
        await using MariaDbServer server = await MariaDbServer.StartAsync(site.Folder);

        await CheckRowsOfTheServerAsync(server);
        await CheckLoginsAsync(server);
    }

    // MariaDB writes the unused members as empty texts.
    private static async Task CheckRowsOfTheServerAsync(MariaDbServer server)
    {
        foreach (string clause in new[]
        {
            "REQUIRE SSL", "REQUIRE X509", "REQUIRE SUBJECT '/CN=a'", "REQUIRE ISSUER '/O=it''s/CN=i'",
            "REQUIRE CIPHER 'TLS_AES_256_GCM_SHA384' ISSUER '/CN=i' SUBJECT '/C=NL/CN=a'",
        })
        {
            string json = await server.ExecuteAsync(
                $"CREATE OR REPLACE USER row@'%' {clause}; SELECT Priv FROM mysql.global_priv WHERE User='row'");
            json.Should().Contain("\"ssl_cipher\"");
            LoginRequirement.FromStored(new(json)).Should().Be(LoginRequirement.Parse(clause), json);
        }

        string empty = await server.ExecuteAsync(
            "CREATE OR REPLACE USER row@'%' REQUIRE SUBJECT ''; SELECT Priv FROM mysql.global_priv WHERE User='row'");
        LoginRequirement.FromStored(new(empty)).Kind.Should().Be(RequirementKind.Malformed, empty);
    }

    // A record that the library writes: whom does the server accept? The last record is the one that the library does not write, and why.
    private static async Task CheckLoginsAsync(MariaDbServer server)
    {
        string subject = $"SUBJECT '/C=NL/O=Example/CN=c1' ISSUER '{SiteAuthority.Name}'";
        (StoredRequirement Stored, string?[] Accepted)[] records =
        [
            (Store("NONE"), ["c1", "c2", null]),
            (Store("SSL"), ["c1", "c2", null]),
            (Store("X509"), ["c1", "c2"]),
            (Store(subject), ["c1"]),
            (Store("SUBJECT '/C=NL/O=Exa\\\\/mple/CN=c3'"), []),
            (Store("SUBJECT '/C=NL/O=Example/CN=c1' OR SAN 'DNS:c2'", StoredRequirementFormat.CertAuth), []),
            (Store(subject, StoredRequirementFormat.CertAuth), []),
            (new("""{"ssl_type":3,"san":"DNS:x.example"}"""), ["c1", "c2", null]),
        ];

        foreach ((StoredRequirement stored, string?[] accepted) in records)
        {
            await server.ExecuteAsync(
                "CREATE OR REPLACE USER login@'%'; UPDATE mysql.global_priv SET Priv = JSON_MERGE_PATCH(Priv, "
                + $"'{stored.Json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}') "
                + "WHERE User='login'; FLUSH PRIVILEGES");
            foreach (string? certificate in new[] { "c1", "c2", null })
            {
                string printed = await server.Client.LogInAsync("login", certificate);
                string expected = accepted.Contains(certificate) ? "login@%" : Denied;
                printed.Should().StartWith(expected, "the record is {0} and the certificate {1}", stored.Json, certificate);
            }
        }
    }

    private static StoredRequirement Store(string clause, StoredRequirementFormat format = StoredRequirementFormat.MariaDb) =>
        LoginRequirement.Parse(clause).ToStored(format);

    /// <summary>A folder with a CA, a server certificate and two clients.</summary>
    private sealed class InstalledFolder : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certauth-endtoend-");

        internal InstalledFolder()
        {
            Folder = new(_directory.FullName);
            SiteAuthority authority = SiteAuthority.Install(Folder);
            authority.WriteClient("c1", "c1", TestSan.Dns("c1"));
            authority.WriteClient("c2", "c2", TestSan.Dns("c2"));
        }

        internal Folder Folder { get; }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
