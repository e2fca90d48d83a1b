using System.Globalization;
using System.Text.Json.Nodes;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Commands;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class PlanTests : IDisposable
{
    private readonly PlanFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plan_ReportsTheOutcomeOfEachAccount()
    {
        _folder.Issue(Samples.Ca, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");
        _folder.Issue(Samples.Ca, "carol", "carol-old");
        _folder.Issue(PlanFolder.NextCa, "carol", "carol-new");
        _folder.Issue(Samples.CreateCa("Elsewhere"), "dave");
        string accounts = _folder.WriteAccounts("""
            alice	SUBJECT '/CN=alice' ISSUER '/C=US/O=Example/CN=Example CA'
            bob	SUBJECT '/CN=bob'
            carol	SAN 'DNS:CAROL.example'
            dave	SUBJECT '/CN=dave'
            erin	SUBJECT '/CN=erin'
            frank	SSL
            """);

        JsonObject result = _folder.Plan(accounts, "--old", _folder.OldBundle, "--all", "--format", "json").ReadJson();

        result["listed"]!.AsArray()
            .Select(one => (
                one!["account"].Text(), one["outcome"].Text(), one["remaining"].Text(), string.Join(',', one["lost"]!.AsArray())))
            .Should().Equal(
                ("alice", "locked_out", null, "alice.pem"),
                ("bob", "unchanged", "bob.pem", ""),
                ("carol", "loses_certificate", "carol-new.pem", "carol-old.pem"),
                ("dave", "already_locked_out", null, "dave.pem"),
                ("erin", "no_matching_certificate", null, ""),
                ("frank", "no_certificate_required", null, ""));
        result["rejected"].Texts("file").Should().Equal("alice.pem", "carol-old.pem", "dave.pem");
        result["rejected"].Texts("reason").Should().AllSatisfy(reason => reason
            .Should().BeOneOf("CertificateBadSignature", "UntrustedIssuer"));
        result["rejected"].Texts("rejection").Should().AllSatisfy(rejection => rejection.Should().EndWith("."));
        result["outcomes"]!.AsObject().Select(outcome => (outcome.Key, outcome.Value!.GetValue<int>())).Should().Equal(
            ("no_matching_certificate", 1),
            ("already_locked_out", 1),
            ("locked_out", 1),
            ("loses_certificate", 1),
            ("unchanged", 1),
            ("no_certificate_required", 1));
    }

    [Fact]
    public void Plan_ListsOnlyAffectedAccounts()
    {
        _folder.Issue(Samples.Ca, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");
        string accounts = _folder.WriteAccounts(
            "CREATE USER alice REQUIRE SUBJECT '/CN=alice';\nCREATE USER 'bob'@'%' REQUIRE SUBJECT '/CN=bob';", "accounts.sql");

        ToolResult result = _folder.Plan(accounts);

        (result.ExitCode, result.Error).Should().Be((1, ""));
        string[] lines = result.Output.Split('\n');
        lines[0].Should().MatchRegex("^ACCOUNT +OUTCOME +CERTIFICATE +REASON$");
        lines[1].Should().MatchRegex("^alice +locked out +alice.pem +The signature of a certificate does not verify\\. Required: ");
        lines[2..].Should().Equal("", "2 accounts, 2 certificates: 1 locked out, 1 unchanged.", "");
    }

    // The server ends the handshake before it reads the account.
    [Theory]
    [InlineData("SSL", true)]
    [InlineData("SUBJECT '/CN=bob'", false)]
    public void Plan_PrintsANote_WhenAnAccountRequiresNoCertificate(string clause, bool isNoted)
    {
        _folder.Issue(Samples.Ca, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");

        ToolResult result = _folder.Plan(_folder.WriteAccounts($"carol\t{clause}\n"));

        result.ExitCode.Should().Be(0);
        result.Output.Contains("note: The new bundle rejects 1 certificate. ", StringComparison.Ordinal).Should().Be(isNoted);
    }

    [Fact]
    public void Plan_ReportsASubfolder()
    {
        _folder.Issue(PlanFolder.NextCa, "bob");
        Directory.CreateDirectory(Path.Combine(_folder.Certificates, "more"));

        ToolResult result = _folder.Plan(_folder.WriteAccounts("bob\tSUBJECT '/CN=bob'\n"));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("skipped: more is a folder, which is not searched.\n");
    }

    [Fact]
    public void Plan_LocksOutNoAccount_WithACombinedBundle()
    {
        _folder.Issue(Samples.Ca, "alice");
        _folder.Issue(PlanFolder.NextCa, "bob");
        File.AppendAllText(_folder.NewBundle, Samples.Ca.Pem);

        _folder.Plan(_folder.WriteAccounts("a\tSUBJECT '/CN=alice'\nb\tX509\n")).Should().Be(
            new ToolResult(0, "2 accounts, 2 certificates: 2 unchanged.\n", ""));
    }

    // The path verifies, but the handshake may fail: over TLS 1.3, OpenSSL may send the other CA with the certificate.
    [Fact]
    public void Plan_Warns_WhenTheIssuerOfACertificateIsAmbiguous()
    {
        _folder.Issue(PlanFolder.NextCa, "bob");
        TestCertificateRequest request = new() { Subject = TestName.Of(("CN", "alice")), Key = PlanFolder.ClientKey };
        _folder.Write("alice", Samples.Ca.Issue(request with { Version = TestCertificateVersion.V1 }));
        _folder.Write("carol", PlanFolder.NextCa.Issue(request with
        {
            Subject = TestName.Of(("CN", "carol")),
            AuthorityKeyIdentifier = false,
        }));
        string accounts = _folder.WriteAccounts("alice\tSUBJECT '/CN=alice'\nbob\tSUBJECT '/CN=bob'\n");
        _folder.Plan(accounts).Output.Should().NotContain("warning:");
        File.AppendAllText(_folder.NewBundle, Samples.Ca.Pem);

        ToolResult result = _folder.Plan(accounts);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain(
            "warning: The new bundle has two CAs with the same subject, and no authority key identifier tells which of them issued "
            + "2 certificates: alice.pem, carol.pem. X.509 version 1 certificates never have this identifier. Over TLS 1.3, an OpenSSL "
            + "client that sends the other CA with such a certificate cannot connect. Reissue these certificates before the bundle goes "
            + "live.\n");
        JsonNode files = _folder.Plan(accounts, "--format", "json").ReadJson()["ambiguous_issuer"]!;
        files.AsArray().Select(file => file.Text()).Should().Equal("alice.pem", "carol.pem");
    }

    // An expired certificate is ignored if its account has another one. Otherwise, the account is locked out, whatever the bundle.
    [Fact]
    public void Plan_CountsAnExpiredCertificate_OnlyWhenThereIsNoOther()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        _folder.Issue(PlanFolder.NextCa, "alice", "alice-2025", Samples.Now.AddDays(-1));
        _folder.Issue(PlanFolder.NextCa, "bob", "bob", Samples.Now.AddDays(-1));

        ToolResult result = _folder.Plan(_folder.WriteAccounts("alice\tSUBJECT '/CN=alice'\nbob\tSUBJECT '/CN=bob'\n"));

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex("bob +locked out +bob.pem +A certificate has expired\\. ");
        result.Output.Should().NotContain("alice");
    }

    // The certificate is within its validity period and its CA is not, so the new bundle causes the loss.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_LosesACertificate_WhenItsCaHasExpired(bool hasOld)
    {
        TestCertificateAuthority expired = Samples.CreateCa("Example CA", new()
        {
            Key = Samples.Ca.Key,
            NotBefore = Samples.Now.AddDays(-60),
            NotAfter = Samples.Now.AddDays(-1),
        });
        File.AppendAllText(_folder.NewBundle, expired.Pem);
        File.AppendAllText(_folder.OldBundle, PlanFolder.NextCa.Pem);
        _folder.Issue(Samples.Ca, "alice", "one");
        _folder.Issue(PlanFolder.NextCa, "alice", "two");

        ToolResult result = _folder.Plan(_folder.WriteAccounts("alice\tSUBJECT '/CN=alice'\n"), hasOld ? ["--old", _folder.OldBundle] : []);

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex("alice +loses a certificate +one.pem +A certificate has expired\\. ");
    }

    [Fact]
    public void Plan_ReportsFilesWithoutCertificate()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        File.Copy(Path.Combine(_folder.Certificates, "alice.pem"), Path.Combine(_folder.Certificates, "copy.pem"));
        File.WriteAllText(Path.Combine(_folder.Certificates, "alice.key"), PlanFolder.ClientKey.PrivateKeyPem);
        File.WriteAllText(Path.Combine(_folder.Certificates, "empty"), "");

        string accounts = _folder.WriteAccounts("alice\tX509\n");

        _folder.Plan(accounts, "--format", "json").ReadJson()["skipped"]!.AsArray()
            .Select(one => (one!["file"].Text(), one["problem"].Text())).Should().Equal(
                ("alice.key", "contains a private key and no certificate; specify the certificate file."),
                ("copy.pem", "contains the same certificate as alice.pem."),
                ("empty", "is empty."));
        _folder.Plan(accounts).Output.Should().Contain("skipped: copy.pem contains the same certificate as alice.pem.\n");
    }

    [Fact]
    public void Plan_FailsWithOneLineError_WhenTheFileIsNotARevocationList()
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        ToolResult result = _folder.Plan(_folder.WriteAccounts("alice\tX509\n"), "--crl", _folder.OldBundle);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth plan: --crl: ");
    }

    // The index excludes only certificates that cannot meet a requirement.
    [Fact]
    public void Plan_FindsTheCertificate_ForEveryKindOfClause()
    {
        TestName subject = TestName.FromRdns(
            new TestRdn(new TestNameAttribute("CN", "alice"), new TestNameAttribute("OU", "x")),
            new TestRdn(new TestNameAttribute("O", "E\u00E4", TestStringType.Bmp)));
        _folder.Write("alice", PlanFolder.NextCa.Issue(new()
        {
            Subject = subject,
            Key = PlanFolder.ClientKey,
            Sans = [TestSan.Dns("Db.Example"), TestSan.Uri("spiffe://e/a/alice"), TestSan.Ip(System.Net.IPAddress.Parse("2001:db8::1"))],
        }));
        string[] met =
        [
            "X509", "CIPHER 'TLS_AES_128_GCM_SHA256'", "SUBJECT '/OU=x+CN=alice/O=E\u00E4'",
            "ISSUER '/C=US/O=Example/CN=Example CA'", "SAN 'DNS:dB.eXAMPLE'", "SAN 'IP:2001:DB8:0:0::1'",
            "SAN 'URI:spiffe://e/*/alice'", "SAN 'URI:spiffe://e/*/unknown,URI:spiffe://e/a/alice'",
            "SAN 'URI:spiffe://e/*/alice,DNS:other,DNS:db.example'",
            "SUBJECT '/CN=alice+OU=x/O=E\u00E4' ISSUER '/C=US/O=Example/CN=Example CA' SAN 'DNS:db.example'",
        ];
        string[] unmet =
        [
            "SUBJECT '/OU=x/CN=alice/O=E\u00E4'", "ISSUER '/C=US/O=Example/CN=Another'", "SAN 'DNS:*.example'",
            "SAN 'IP:2001:db8::2'", "SAN 'URI:spiffe://e/*/bob'",
            "SAN 'DNS:db.example,IP:10.0.0.1'", "SUBJECT '/CN=alice+OU=x/O=E\u00E4' SAN 'DNS:other'",
        ];
        string accounts = _folder.WriteAccounts(string.Concat(met.Concat(unmet).Select((clause, i) => $"u{i}\t{clause}\n")));

        JsonObject result = _folder.Plan(accounts, "--all", "--format", "json").ReadJson();

        result["listed"].Texts("outcome")
            .Should().Equal([.. met.Select(_ => "unchanged"), .. unmet.Select(_ => "no_matching_certificate")]);
    }

    // Benchmarks measure the time; this test checks the outcomes.
    [Fact]
    public void Plan_EvaluatesManyAccountsAndCertificates()
    {
        const int Certificates = 1_000;
        const int Accounts = 10_000;
        for (int i = 0; i < Certificates; i++)
            _folder.Issue(i % 10 == 0 ? Samples.Ca : PlanFolder.NextCa, $"u{i}");
        string accounts = _folder.WriteAccounts(string.Concat(Enumerable.Range(0, Accounts).Select(i => (i % 5) switch
        {
            0 => $"CREATE USER u{i} REQUIRE SUBJECT '/CN=u{i % Certificates}';\n",
            1 => $"CREATE USER u{i} REQUIRE SAN 'DNS:u{i % Certificates}.example';\n",
            2 => $"CREATE USER u{i} REQUIRE SUBJECT '/CN=unknown{i}';\n",
            3 => $"CREATE USER u{i} REQUIRE ISSUER '/C=US/O=Example/CN=Example CA' AND SUBJECT '/CN=u{i % Certificates}';\n",
            _ => $"CREATE USER u{i} REQUIRE X509;\n",
        })), "accounts.sql");
        using StringWriter error = new();

        (int exitCode, JsonObject result) = PlanWithProgress(accounts, error);

        exitCode.Should().Be(1);
        (result["accounts"]!.GetValue<int>(), result["certificates"]!.GetValue<int>()).Should().Be((Accounts, Certificates));
        // If i % 10 == 0, then i % 5 == 0, which is the first kind of clause. An account with X509 loses the certificates of the old CA.
        result["outcomes"]!.ToJsonString().Should().Be(
            """{"no_matching_certificate":2000,"locked_out":1000,"loses_certificate":2000,"unchanged":5000}""");
        error.ToString().Should().Contain("\rcertificates: 50 %");
        error.ToString().Should().Contain("\raccounts: 99 %");
        error.ToString().Should().MatchRegex("\r +\r$");
    }

    [Theory]
    [InlineData("--accounts", "/nowhere/accounts", "/nowhere/accounts cannot be read: the file does not exist.")]
    [InlineData("--certs", "/nowhere/clients", "/nowhere/clients cannot be read; specify a folder of certificates.")]
    [InlineData("--bundle", "/nowhere/ca.pem", "/nowhere/ca.pem cannot be read: the file does not exist.")]
    [InlineData("--old", "/nowhere/ca.pem", "/nowhere/ca.pem cannot be read: the file does not exist.")]
    public void Plan_FailsWithOneLineError_WhenAFileIsMissing(string option, string value, string problem)
    {
        _folder.Issue(PlanFolder.NextCa, "alice");
        Dictionary<string, string> options = new()
        {
            ["--bundle"] = _folder.NewBundle,
            ["--certs"] = _folder.Certificates,
            ["--accounts"] = _folder.WriteAccounts("alice\tX509\n"),
            [option] = value,
        };

        ToolRun.Run(["plan", .. options.SelectMany(one => new[] { one.Key, one.Value })]).Should().Be(
            new ToolResult(2, "", $"certauth plan: {problem}\n"));
    }

    [Fact]
    public void Plan_FailsWithOneLineError_WhenTheFolderContainsNoCertificate() =>
        _folder.Plan(_folder.WriteAccounts("alice\tX509\n")).Should().Be(
            new ToolResult(2, "", $"certauth plan: {_folder.Certificates} contains no certificate.\n"));

    private (int ExitCode, JsonObject Result) PlanWithProgress(string accounts, TextWriter error)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using MemoryStream input = new();
        ToolEnvironment environment = new()
        {
            Input = new(input),
            Output = output,
            Error = error,
            Style = new(isColored: false),
            ShowsProgress = true,
        };
        int exitCode = CertAuthTool.Run(_folder.CreateArguments(accounts, "--format", "json"), environment);
        return (exitCode, JsonNode.Parse(output.ToString())!.AsObject());
    }
}
