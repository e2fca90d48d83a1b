using System.CommandLine;
using System.Security.Authentication;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Names;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Forwarding;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>The command that verifies forwarded certificate info as a server does.</summary>
internal static class CertInfoVerifyCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string?> file = new("FILE")
        {
            Description = "The output of cert-info issue --format json; - reads standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> info = new("--info")
        {
            Description = $"The value of {CertInfoToken.InfoAttributeName}, instead of FILE.",
            HelpName = "TEXT",
        };
        Option<string?> signature = new("--signature")
        {
            Description = $"The value of {CertInfoToken.SignatureAttributeName}, instead of FILE.",
            HelpName = "TEXT",
        };
        Option<string> signer = CommonOptions.CreateRequiredOption("--signer", "CERT", "The signing certificate of the proxy, PEM.");
        Option<string?> ca = new("--ca")
        {
            Description = "The CA certificates of proxies with their own keys. Only the format v1c. is then accepted, signed by --signer.",
            HelpName = "BUNDLE",
        };
        Option<string> user = CommonOptions.CreateRequiredOption("--user", "NAME", "The user name of the login.");
        Option<string> challenge = CertInfoCommand.CreateChallengeOption();
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "verify", "Verifies the attributes, and prints their content or the failed check. Exit codes: 0 verified, 1 rejected.")
        {
            file, info, signature, signer, ca, user, challenge, at,
        }.WithReport(
            environment,
            parsed =>
            {
                TimeProvider clock = parsed.GetClock(at, environment);
                byte[] challengeBytes = CertInfoText.ReadChallenge(parsed.GetRequiredValue(challenge));
                CertInfoText token = ReadToken(environment.Input, parsed.GetValue(file), parsed.GetValue(info), parsed.GetValue(signature));
                CertInfoTokenVerifier verifier = new(
                    CreateOptions(environment.Input, parsed.GetRequiredValue(signer), parsed.GetValue(ca), clock));

                // The sources are fixed, so nothing is reloaded and the call completes synchronously.
                CertInfoResult result = verifier.VerifyAsync(token.ToAttributes(), parsed.GetRequiredValue(user), challengeBytes)
                    .AsTask().GetAwaiter().GetResult();
                return result.Succeeded
                    ? Describe(result.Connection, environment.Style)
                    : VerdictReport.Create(result.Rejection, "", environment.Style);
            },
            "certauth cert-info issue … --format json "
                + "| certauth cert-info verify - --signer proxy-cert.pem --user alice --challenge AQIDBAUGBwgJCgsMDQ4PEBESExQ=",
            "certauth cert-info verify token.json --signer proxy-cert.pem --ca proxies.pem --user alice "
                + "--challenge AQIDBAUGBwgJCgsMDQ4PEBESExQ=");
    }

    private static CertInfoText ReadToken(Input input, string? file, string? info, string? signature) => (file, info, signature) switch
    {
        ({ } path, null, null) => CertInfoText.Read(input, path),
        (null, { } text, { } signed) => new(text, signed),
        _ => throw new UserErrorException("Specify FILE, or both --info and --signature."),
    };

    private static CertInfoTokenVerifierOptions CreateOptions(Input input, string signerPath, string? caPath, TimeProvider clock)
    {
        // The verification of the certificate path also checks the validity period.
        if (caPath is not null)
        {
            ParsedCertificate pinned = input.ReadCertificate(signerPath).Leaf;
            ISource<TrustBundle> trust = Source.Fixed(input.ReadBundle(caPath, [], clock));
            return new() { ProxySigners = new() { Trust = trust, Sha256 = [pinned.Sha256] }, TimeProvider = clock };
        }

        SigningOptions options = new() { TimeProvider = clock };
        if (!SigningCertificate.TryParse(input.Read(signerPath), options, out SigningCertificate? signer, out KeyPairError error))
            throw new UserErrorException(TerminalText.Escape(error.ToString(InputFiles.GetDisplayName(signerPath), "the key file")));
        return new() { SharedKey = Source.Fixed(SigningCertificateRing.Create(signer, options)), TimeProvider = clock };
    }

    private static Report Describe(TlsConnectionInfo? connection, Style style)
    {
        VerifiedCertificate? certificate = connection?.ClientCertificate;
        SubjectAlternativeName[] names = certificate is null ? [] : [.. certificate.GetSubjectAlternativeNames()];
        string? subject = certificate is null ? null : FormatName(certificate.SubjectDer);
        string? issuer = certificate is null ? null : FormatName(certificate.IssuerDer);
        string? cipher = connection is null ? null : CipherSuites.GetOpenSslName(connection.CipherSuite);
        string? sha256 = certificate is null ? null : Convert.ToHexStringLower(certificate.Sha256.Span);
        string? tls = connection?.Protocol switch
        {
            null => null,
            SslProtocols.Tls13 => "TLSv1.3",
            SslProtocols.Tls12 => "TLSv1.2",
            { } other => other.ToString(),
        };
        Report report = new(new()
        {
            ["verified"] = true,
            ["subject"] = subject,
            ["issuer"] = issuer,
            ["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name.ToString()))]),
            ["sha256"] = sha256,
            ["tls"] = tls,
            ["cipher"] = cipher,
        });
        report.Lines.Add(style.Good("verified"));
        (string Label, string? Value)[] rows =
        [
            ("subject", subject ?? "(no verified certificate)"),
            ("issuer", issuer),
            .. names.Select((name, i) => (i == 0 ? "names" : "", (string?)name.ToString())),
            ("SHA-256", sha256),
            ("TLS", tls ?? "(none)"),
            ("cipher", cipher),
        ];
        report.AddRows(style, rows.Where(row => row.Value is not null).Select(row => (row.Label, TerminalText.Escape(row.Value!))));
        return report;
    }

    private static string FormatName(ReadOnlyMemory<byte> der) =>
        DistinguishedName.TryFormatDer(der.Span, NameFormat.Canonical, out string? text, out _) && text.Length > 0
            ? text
            : "(empty)";
}
