using System.Security.Cryptography;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;
using CertAuth.Requirements;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>The recovery from a stolen CA key of docs/require.md: two CAs of one name are trusted, and the accounts require the key of the
/// new one.</summary>
public sealed class StolenCaTests
{
    [Fact]
    public async Task IssuerKey_RejectsTheOldClients_WhileBothCasAreTrusted()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority stolen = SiteAuthority.Install(site.Folder);
        SiteAuthority next = stolen.Rotate();
        stolen.WriteClient("old", "c1");
        next.WriteClient("new", "c1");
        SiteAuthority.Replace(site.Folder.Ca, next.Ca.Pem + stolen.Ca.Pem);
        Sha256Digest oldKey = KeyOf(stolen), newKey = KeyOf(next);
        const string Name = "SUBJECT '/C=NL/O=Example/CN=c1' ISSUER '" + SiteAuthority.Name + "'";
        SiteAuthority.Replace(site.Folder.Accounts, $"""
            CREATE USER 'before'@'%' REQUIRE {Name};
            CREATE USER 'during'@'%' REQUIRE {Name} ISSUER_KEY '{oldKey},{newKey}';
            CREATE USER 'after'@'%' REQUIRE {Name} ISSUER_KEY '{newKey}';
            CREATE USER 'moved'@'%' REQUIRE {Name} ISSUER_KEY '{newKey}' OR SAN 'DNS:c1.example';
            """);
        LoginServer server = await site.StartServerAsync();
        MariaDbClient client = site.Client(server.Address);

        foreach (string user in new[] { "before", "during", "after", "moved" })
            (await client.LogInAsync(user, "new")).Should().Be($"{user}@%");
        (await client.LogInAsync("before", "old")).Should().Be("before@%", "the name of the CA does not tell its keys apart");
        (await client.LogInAsync("during", "old")).Should().Be("during@%");
        (await client.LogInAsync("after", "old")).Should().StartWith("ERROR 1045 (28000)");
        (await client.LogInAsync("moved", "old")).Should().StartWith("ERROR 1045 (28000)");
        await Eventually.HoldsAsync(
            () => site.Log.Count(line => line.Contains("IssuerKeyMismatch", StringComparison.Ordinal)) == 1, "the log has the reason");
        site.Log.Should().Contain(line => line.Contains(oldKey.ToString(), StringComparison.Ordinal), "the log has the presented key");
    }

    private static Sha256Digest KeyOf(SiteAuthority authority) =>
        new(SHA256.HashData(authority.Ca.Certificate.ToX509Certificate2().PublicKey.ExportSubjectPublicKeyInfo()));
}
