using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>The command that decides a login by certificate and lists the checks.</summary>
internal static class CheckCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> certificate = new("CERT")
        {
            Description = "The client certificate, PEM (with the intermediates that the client sends) or DER; - reads standard input.",
        };
        Option<string> ca = CommonOptions.CreateRequiredOption(
            "--ca", "BUNDLE", "The CA certificates that the server trusts: PEM, DER or PKCS #7.");
        Option<string[]> lists = CommonOptions.CreateFilesOption(
            "--crl", "The revocation lists. If there is one, every issuer of the path must have one.");
        Option<string[]> intermediates = CommonOptions.CreateFilesOption("--intermediates", "Other certificates that the client sends.");
        Option<string> clause = CommonOptions.CreateRequiredOption("--require", "CLAUSE", "The REQUIRE clause of the account.");
        Option<string?> cipher = new("--cipher")
        {
            Description = "The cipher suite of the connection, by IANA or OpenSSL name. Default: a common one of the TLS version.",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the connection");
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "check",
            "Decides a login by certificate: the path to a CA, then every check of the clause. Exit codes: 0 accepted, 1 rejected.")
        {
            certificate, ca, clause, intermediates, lists, cipher, tls, at,
        }.WithReport(
            environment,
            parsed =>
            {
                SslProtocols protocol = parsed.GetTlsVersion(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                LoginRequirement requirement = ClauseArgument.Parse(parsed.GetRequiredValue(clause));
                CertificateFile client = environment.Input.ReadCertificate(parsed.GetRequiredValue(certificate));
                TrustBundle bundle = environment.Input.ReadBundle(
                    parsed.GetRequiredValue(ca), parsed.GetRequiredValue(lists), parsed.GetClock(at, environment));
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
            "certauth check client.pem --ca ca.pem --crl ca.crl --require \"SAN 'DNS:db.example'\" --tls 1.2 "
                + "--cipher ECDHE-RSA-AES128-GCM-SHA256");
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
                .. decision.Checks.SelectMany(
                    check => CreateRows(check, check.Alternative > 0 && requirement.Alternatives.Length > 1, style)),
            ]);
        if (requirement.TokenIssuer is not null)
            report.Lines.Add("TOKEN_ISSUER applies to the token and is not checked here; use certauth token verify.");
        report.Lines.Add("");
        report.Lines.Add(decision.IsAccepted ? style.Good("accepted") : style.Bad(VerdictReport.Summarize(decision.Reason)));
        return report;
    }

    private static IEnumerable<(string Label, string Value)> CreateRows(RequirementCheck check, bool isOneOfSeveral, Style style)
    {
        string verdict = check.IsMet ? style.Good("met") : style.Bad($"not met: {new Rejection(check.Reason).Summary}");
        yield return (isOneOfSeveral ? $"{GetPartLabel(check.Part)} ({check.Alternative})" : GetPartLabel(check.Part), verdict);
        yield return ("  required", check.Required);
        yield return ("  presented", check.Presented ?? "(none)");
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
            ["alternative"] = check.Alternative == 0 ? null : check.Alternative,
            ["part"] = GetPartKey(check.Part),
            ["met"] = check.IsMet,
            ["reason"] = check.IsMet ? null : check.Reason.ToString(),
            ["required"] = check.Required,
            ["presented"] = check.Presented,
            ["difference"] = check.Difference,
        })]),
    };

    private static string DescribeAnchor(ReadOnlyMemory<byte> sha256, TrustBundle bundle) =>
        bundle.Anchors.First(anchor => anchor.Certificate.Sha256.Span.SequenceEqual(sha256.Span)).ToString();

    // As the other commands label these fields.
    private static string GetPartLabel(RequirementPart part) => part switch
    {
        RequirementPart.Record => "stored requirement",
        RequirementPart.San => "names",
        _ => GetPartKey(part).Replace('_', ' '),
    };

    // The stable values of JSON: the name of the part in snake case.
    private static string GetPartKey(RequirementPart part) => JsonNamingPolicy.SnakeCaseLower.ConvertName(part.ToString());
}
