using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

/// <summary>Tests plans for accounts with pins, issuer keys, parts of subjects, email addresses and alternatives.</summary>
public sealed class PlanOptionsTests : IDisposable
{
    private readonly PlanFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The certificate was reissued with the same key: the pin of the key survives the change of the CA, that of the certificate does not.
    [Fact]
    public void Pin_SurvivesTheNewBundle_WhenItIsThatOfTheKey()
    {
        string old = Pins.Of(_folder.Issue(Samples.Ca, "alice", "alice-1"));
        string next = Pins.Of(_folder.Issue(PlanFolder.NextCa, "alice", "alice-2"));

        JsonArray listed = List($"""
            key	PUBLIC_KEY '{Pins.Of(PlanFolder.ClientKey)}'
            old	CERTIFICATE '{old}'
            next	CERTIFICATE '{next}'
            both	CERTIFICATE '{old},{next}'
            other	CERTIFICATE '{Pins.Of(PlanFolder.ClientKey)}'
            """);

        Summarize(listed).Should().Equal(
            ("key", "loses_certificate", "alice-2.pem", "alice-1.pem"),
            ("old", "locked_out", null, "alice-1.pem"),
            ("next", "unchanged", "alice-2.pem", ""),
            ("both", "loses_certificate", "alice-2.pem", "alice-1.pem"),
            ("other", "no_matching_certificate", null, ""));
    }

    // The certificate of the new CA verifies, but its clause requires the key of the old one.
    [Fact]
    public void Plan_LocksOutAnAccount_WhenItsIssuerKeyIsThatOfTheOldCa()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        string accounts = _folder.WriteAccounts($"alice\tISSUER_KEY '{Pins.Of(Samples.Ca.Key)}' SUBJECT '/CN=alice'\n");

        ToolResult result = _folder.Plan(accounts);

        result.ExitCode.Should().Be(1);
        result.Output.Split('\n')[1].Should().MatchRegex(
            $"^alice +locked out +alice.pem +The ISSUER_KEY requirement is not met\\. Required: {Pins.Of(Samples.Ca.Key)}; "
            + $"presented: {Pins.Of(PlanFolder.NextCa.Key)}\\.$");
        _folder.Plan(accounts, "--old", _folder.OldBundle).Output.Should().Contain("already locked out");
    }

    // The old CA's key was stolen: both CAs are trusted, and the clause rejects the clients of the old one.
    [Fact]
    public void Plan_LosesTheCertificatesOfTheOldCa_WhenTheNewIssuerKeyIsRequired()
    {
        _folder.Issue(Samples.Ca, "alice", "alice-1");
        _folder.Issue(PlanFolder.NextCa, "alice", "alice-2");
        _folder.Issue(Samples.Ca, "bob");
        File.AppendAllText(_folder.NewBundle, Samples.Ca.Pem);
        string newKey = Pins.Of(PlanFolder.NextCa.Key);

        JsonArray listed = List($"""
            alice	ISSUER_KEY '{newKey}' SUBJECT '/CN=alice'
            bob	ISSUER_KEY '{newKey}' SUBJECT '/CN=bob'
            bob@rotating	ISSUER_KEY '{newKey},{Pins.Of(Samples.Ca.Key)}' SUBJECT '/CN=bob'
            """);

        Summarize(listed).Should().Equal(
            ("alice", "loses_certificate", "alice-2.pem", "alice-1.pem"),
            ("bob", "locked_out", null, "bob.pem"),
            ("bob@rotating", "unchanged", "bob.pem", ""));
    }

    [Fact]
    public void Alternative_KeepsTheLogin_WhenItSurvives()
    {
        _folder.Issue(Samples.Ca, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");
        string accounts = _folder.WriteAccounts("""
            CREATE USER one REQUIRE SUBJECT '/CN=alice' OR SUBJECT '/CN=bob';
            CREATE USER none REQUIRE SUBJECT '/CN=alice' OR SUBJECT '/CN=carol';
            CREATE USER other REQUIRE SUBJECT '/CN=carol' OR SAN 'DNS:carol.example';
            """, "accounts.sql");

        JsonObject result = _folder.Plan(accounts, "--old", _folder.OldBundle, "--all", "--format", "json").ReadJson();

        Summarize(result["listed"]!.AsArray()).Should().Equal(
            ("one", "loses_certificate", "bob.pem", "alice.pem"),
            ("none", "locked_out", null, "alice.pem"),
            ("other", "no_matching_certificate", null, ""));
    }

    // The reason is never the cipher suite, which a plan does not know.
    [Fact]
    public void Plan_ExplainsTheNearestAlternative_WhenNoneIsMet()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        string oldKey = Pins.Of(Samples.Ca.Key);

        ToolResult result = _folder.Plan(_folder.WriteAccounts(
            $"alice\tCIPHER 'TLS_AES_128_GCM_SHA256' SUBJECT '/CN=bob' OR ISSUER_KEY '{oldKey}' SUBJECT '/CN=alice'\n"));

        result.ExitCode.Should().Be(1);
        result.Output.Split('\n')[1].Should().MatchRegex(
            "^alice +locked out +alice.pem +The SUBJECT requirement of alternative 1 of 2 is not met\\. Required: /CN=bob; ");
    }

    // Each alternative is evaluated with a cipher suite of its own.
    [Fact]
    public void Plan_AssumesACipherSuite_OfEachAlternative()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");

        JsonArray listed = List("""
            both	CIPHER 'TLS_AES_128_GCM_SHA256' SUBJECT '/CN=alice' OR CIPHER 'TLS_CHACHA20_POLY1305_SHA256' SUBJECT '/CN=bob'
            """);

        Summarize(listed).Should().Equal(("both", "unchanged", "alice.pem", ""));
    }

    // The index excludes only certificates that cannot meet a requirement.
    [Fact]
    public void Plan_FindsTheCertificate_ForEveryOption()
    {
        TestCertificate alice = _folder.Write("alice", PlanFolder.NextCa.Issue(new()
        {
            Subject = TestName.Of(("O", "Example"), ("OU", "Billing"), ("CN", "alice")),
            Key = PlanFolder.ClientKey,
            Sans = [TestSan.Email("Alice@Example.COM")],
        }));
        (string certificate, string key) = (Pins.Of(alice), Pins.Of(alice.Key));
        string[] met =
        [
            "SAN 'EMAIL:Alice@example.com'", "SAN 'email:Alice@EXAMPLE.com,EMAIL:bob@example.com'",
            "SUBJECT_CONTAINS '/OU=Billing'", "SUBJECT_CONTAINS '/O=Example/CN=alice'",
            $"CERTIFICATE '{certificate}'", $"CERTIFICATE '{key},{certificate}'", $"PUBLIC_KEY '{key}'",
            $"PUBLIC_KEY '{key}' CERTIFICATE '{certificate}' SUBJECT_CONTAINS '/CN=alice' SAN 'EMAIL:Alice@example.com'",
            $"ISSUER_KEY '{Pins.Of(PlanFolder.NextCa.Key)}'",
            $"SUBJECT '/CN=x' OR CERTIFICATE '{key}' OR SAN 'EMAIL:Alice@example.com'",
            "SUBJECT '/CN=x' TOKEN_ISSUER 'i' OR SUBJECT_CONTAINS '/CN=alice' TOKEN_ISSUER 'i'",
        ];
        string[] unmet =
        [
            "SAN 'EMAIL:alice@example.com'", "SAN 'EMAIL:Alice@example.org'", "SUBJECT_CONTAINS '/CN=alice/O=Example'",
            "SUBJECT_CONTAINS '/OU=Sales'", $"CERTIFICATE '{key}'", $"PUBLIC_KEY '{certificate}'",
            $"PUBLIC_KEY '{key}' SUBJECT_CONTAINS '/CN=bob'", "SAN 'EMAIL:Alice@example.com,DNS:example.com'",
            $"SUBJECT '/CN=x' OR CERTIFICATE '{key}' OR SAN 'EMAIL:bob@example.com'",
        ];

        JsonArray listed = List(string.Concat(met.Concat(unmet).Select((clause, i) => $"u{i}\t{clause}\n")));

        listed.Select(one => one!["outcome"].Text())
            .Should().Equal([.. met.Select(_ => "unchanged"), .. unmet.Select(_ => "no_matching_certificate")]);
    }

    private static IEnumerable<(string? Account, string? Outcome, string? Remaining, string Lost)> Summarize(JsonArray listed) =>
        listed.Select(one => (
            one!["account"].Text(), one["outcome"].Text(), one["remaining"].Text(), string.Join(',', one["lost"]!.AsArray())));

    private JsonArray List(string accounts) =>
        _folder.Plan(_folder.WriteAccounts(accounts), "--all", "--format", "json").ReadJson()["listed"]!.AsArray();
}
