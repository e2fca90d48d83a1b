using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>Decides a login by certificate, and says why.</summary>
internal static class CheckCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> certificate = new("CERT") { Description = "the client's certificate, PEM (with its chain, if it sends one) or DER; - for standard input" };
        Option<string> ca = CommonOptions.CreateRequiredOption("--ca", "BUNDLE", "the CA certificates that the server trusts: PEM, DER or PKCS#7");
        Option<string[]> lists = CommonOptions.CreateFilesOption("--crl", "revocation lists; with one, every issuer of a path needs one");
        Option<string[]> intermediates = CommonOptions.CreateFilesOption("--intermediates", "further certificates that the client sends");
        Option<string> clause = CommonOptions.CreateRequiredOption("--require", "CLAUSE", "the account's REQUIRE clause");
        Option<string?> cipher = new("--cipher")
        {
            Description = "the cipher suite of the connection, by either name; a usual one of the TLS version where it is left out",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the connection");
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command("check", "Decides a login by certificate: the path to a CA, then every check of the clause. Exit code 0 for accepted, 1 for rejected.")
        {
            certificate, ca, clause, intermediates, lists, cipher, tls, at,
        }.WithReport(
            environment,
            parsed =>
            {
                SslProtocols protocol = parsed.VersionOf(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                LoginRequirement requirement = ClauseArgument.Parse(parsed.GetRequiredValue(clause));
                CertificateFile client = environment.Input.ReadCertificate(parsed.GetRequiredValue(certificate));
                TrustBundle bundle = environment.Input.ReadBundle(parsed.GetRequiredValue(ca), parsed.GetRequiredValue(lists), parsed.GetClock(at, environment));
                LoginDecision decision = LoginDecision.Evaluate(
                    client,
                    environment.Input.ReadCertificates(parsed.GetRequiredValue(intermediates)),
                    bundle,
                    requirement,
                    protocol,
                    suite);
                return Describe(decision, bundle, requirement, environment.Style);
            },
            "certauth check client.pem --ca ca.pem --require \"SUBJECT '/C=US/CN=alice'\"",
            "certauth check client.pem --ca new-ca.pem --require \"X509\" --at 2027-01-01",
            "certauth check client.pem --ca ca.pem --crl ca.crl --require \"SAN 'DNS:db.example'\" --tls 1.2 --cipher ECDHE-RSA-AES128-GCM-SHA256");
    }

    private static Report Describe(LoginDecision decision, TrustBundle bundle, LoginRequirement requirement, Style style)
    {
        Report report = new(ToJson(decision, bundle), decision.IsAccepted ? ExitCode.Success : ExitCode.Negative);
        string path = decision.PathRejection is { } rejection ? style.Bad(VerdictReport.Describe(rejection)) : style.Good("verified");
        report.AddRows(
            style,
            [
                ("path", path),
                .. decision.Verified is { } verified ? new[] { ("  anchor", DescribeAnchor(verified.AnchorSha256, bundle)) } : [],
                .. decision.Checks.SelectMany(check => CreateRows(check, style)),
            ]);
        if (requirement.TokenIssuer is not null)
            report.Lines.Add("TOKEN_ISSUER speaks of the token and isn't checked here: certauth token verify.");
        report.Lines.Add("");
        report.Lines.Add(decision.IsAccepted ? style.Good("accepted") : style.Bad(VerdictReport.Summarize(decision.Reason)));
        return report;
    }

    private static IEnumerable<(string Label, string Value)> CreateRows(RequirementCheck check, Style style)
    {
        yield return (GetPartName(check.Part), check.IsMet ? style.Good("met") : style.Bad($"not met: {new Rejection(check.Reason).Summary}"));
        yield return ("  required", check.Required);
        yield return ("  presented", check.Presented ?? "(nothing)");
        if (check.Difference is { } difference)
            yield return ("  difference", difference);
    }

    private static JsonObject ToJson(LoginDecision decision, TrustBundle bundle) => new()
    {
        ["decision"] = decision.IsAccepted ? "accepted" : "rejected",
        ["reason"] = decision.IsAccepted ? null : decision.Reason.ToString(),
        ["path"] = new JsonObject
        {
            ["verified"] = decision.Verified is not null,
            ["anchor"] = decision.Verified is { } verified ? DescribeAnchor(verified.AnchorSha256, bundle) : null,
            ["anchor_sha256"] = decision.Verified is { } path ? Convert.ToHexStringLower(path.AnchorSha256.Span) : null,
            ["reason"] = decision.PathRejection?.Reason.ToString(),
            ["rejection"] = decision.PathRejection?.ToString(),
        },
        ["checks"] = new JsonArray([.. decision.Checks.Select(check => new JsonObject
        {
            ["part"] = GetPartName(check.Part),
            ["met"] = check.IsMet,
            ["reason"] = check.IsMet ? null : check.Reason.ToString(),
            ["required"] = check.Required,
            ["presented"] = check.Presented,
            ["difference"] = check.Difference,
        })]),
    };

    private static string DescribeAnchor(ReadOnlyMemory<byte> sha256, TrustBundle bundle) =>
        bundle.Anchors.First(anchor => anchor.Certificate.Sha256.Span.SequenceEqual(sha256.Span)).ToString();

    private static string GetPartName(RequirementPart part) => part.ToString().ToLowerInvariant();
}
