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
    internal static Command Create(ToolHost host)
    {
        Argument<string> certificate = new("CERT") { Description = "the client's certificate, PEM (with its chain, if it sends one) or DER; - for standard input" };
        Option<string> ca = CommonOptions.Required("--ca", "BUNDLE", "the CA certificates that the server trusts: PEM, DER or PKCS#7");
        Option<string[]> lists = CommonOptions.Files("--crl", "revocation lists; with one, every issuer of a path needs one");
        Option<string[]> intermediates = CommonOptions.Files("--intermediates", "further certificates that the client sends");
        Option<string> clause = CommonOptions.Required("--require", "CLAUSE", "the account's REQUIRE clause");
        Option<string?> cipher = new("--cipher")
        {
            Description = "the cipher suite of the connection, by either name; a usual one of the TLS version where it is left out",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the connection");
        Option<DateTimeOffset?> at = CommonOptions.At();
        return new Command("check", "Decides a login by certificate: the path to a CA, then every check of the clause. Exit code 0 for allowed, 1 for denied.")
        {
            certificate, ca, clause, intermediates, lists, cipher, tls, at,
        }.Reports(
            host,
            parsed =>
            {
                SslProtocols protocol = parsed.VersionOf(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                LoginRequirement requirement = Clause.Parse(parsed.GetRequiredValue(clause));
                CertificateFile client = host.Input.ReadCertificate(parsed.GetRequiredValue(certificate));
                TrustBundle bundle = host.Input.ReadBundle(parsed.GetRequiredValue(ca), parsed.GetRequiredValue(lists), parsed.ClockOf(at, host));
                Decision decision = Decision.Make(
                    client,
                    host.Input.ReadCertificates(parsed.GetRequiredValue(intermediates)),
                    bundle,
                    requirement,
                    protocol,
                    suite);
                return Describe(decision, bundle, requirement, host.Style);
            },
            "certauth check client.pem --ca ca.pem --require \"SUBJECT '/C=US/CN=alice'\"",
            "certauth check client.pem --ca new-ca.pem --require \"X509\" --at 2027-01-01",
            "certauth check client.pem --ca ca.pem --crl ca.crl --require \"SAN 'DNS:db.example'\" --tls 1.2 --cipher ECDHE-RSA-AES128-GCM-SHA256");
    }

    private static Report Describe(Decision decision, TrustBundle bundle, LoginRequirement requirement, Style style)
    {
        Report report = new(ToJson(decision, bundle), decision.IsAllowed ? ExitCode.Yes : ExitCode.No);
        string path = decision.PathRefusal is { } refusal ? style.Bad($"refused: {refusal}") : style.Good("verified");
        report.AddRows(
            style,
            [
                ("path", path),
                .. decision.Path is { } verified ? new[] { ("  anchor", AnchorOf(verified.AnchorSha256, bundle)) } : [],
                .. decision.Checks.SelectMany(check => RowsOf(check, style)),
            ]);
        if (requirement.TokenIssuer is not null)
            report.Lines.Add("TOKEN_ISSUER speaks of the token and isn't checked here: certauth token verify.");
        report.Lines.Add("");
        report.Lines.Add(decision.IsAllowed ? style.Good("allowed") : style.Bad($"denied: {decision.Reason}"));
        return report;
    }

    private static IEnumerable<(string Label, string Value)> RowsOf(RequirementCheck check, Style style)
    {
        yield return (Name(check.Part), check.IsMet ? style.Good("met") : style.Bad($"not met: {check.Reason}"));
        yield return ("  required", check.Required);
        yield return ("  presented", check.Presented ?? "(nothing)");
        if (check.Difference is { } difference)
            yield return ("  difference", difference);
    }

    private static JsonObject ToJson(Decision decision, TrustBundle bundle) => new()
    {
        ["decision"] = decision.IsAllowed ? "allowed" : "denied",
        ["reason"] = decision.IsAllowed ? null : decision.Reason.ToString(),
        ["path"] = new JsonObject
        {
            ["verified"] = decision.Path is not null,
            ["anchor"] = decision.Path is { } verified ? AnchorOf(verified.AnchorSha256, bundle) : null,
            ["anchor_sha256"] = decision.Path is { } path ? Convert.ToHexStringLower(path.AnchorSha256.Span) : null,
            ["refusal"] = decision.PathRefusal?.ToString(),
        },
        ["checks"] = new JsonArray([.. decision.Checks.Select(check => new JsonObject
        {
            ["part"] = Name(check.Part),
            ["met"] = check.IsMet,
            ["reason"] = check.IsMet ? null : check.Reason.ToString(),
            ["required"] = check.Required,
            ["presented"] = check.Presented,
            ["difference"] = check.Difference,
        })]),
    };

    private static string AnchorOf(ReadOnlyMemory<byte> sha256, TrustBundle bundle) =>
        bundle.Anchors.First(anchor => anchor.Certificate.Sha256.Span.SequenceEqual(sha256.Span)).ToString();

    private static string Name(RequirementPart part) => part.ToString().ToLowerInvariant();
}
