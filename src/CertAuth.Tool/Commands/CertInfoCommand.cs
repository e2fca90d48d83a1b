using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Forwarding;
using CertAuth.Tool.Writing;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>What a proxy says of its client's certificate, signed: for other implementers.</summary>
internal static class CertInfoCommand
{
    internal static Command Create(ToolEnvironment environment) => new(
        "cert-info", $"Forwarded client certificates: the attributes {CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}.")
    {
        CreateIssue(environment),
        CertInfoVerifyCommand.Create(environment),
    };

    internal static Option<string> CreateChallengeOption() =>
        CommonOptions.CreateRequiredOption("--challenge", "BASE64", "what the server sent in its first handshake of the proxy's connection");

    private static Command CreateIssue(ToolEnvironment environment)
    {
        Option<string> client = CommonOptions.CreateRequiredOption("--client", "CERT", "the client's certificate, PEM (with its chain, if it sends one) or DER");
        Option<string> ca = CommonOptions.CreateRequiredOption("--ca", "BUNDLE", "the CAs that the proxy trusts: only a verified certificate is vouched for");
        Option<string> user = CommonOptions.CreateRequiredOption("--user", "NAME", "who logs in");
        Option<string> challenge = CreateChallengeOption();
        Option<string> cert = CommonOptions.CreateRequiredOption("--cert", "CERT", "the signing certificate, PEM, then those above it");
        Option<string> key = CommonOptions.CreateRequiredOption("--key", "FILE", "its private key, PEM, not encrypted");
        Option<string?> cipher = new("--cipher")
        {
            Description = "the cipher suite of the client's connection, by either name; a usual one of the TLS version where it is left out",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the client's connection");
        Option<bool> ownKey = new("--own-key") { Description = "the form with a key of the proxy's own (v1c.), whose certificates are sent" };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "issue", "Signs what a proxy says of its client, and prints the two attributes. Exit code 1 where the client's certificate is refused.")
        {
            client, ca, user, challenge, cert, key, cipher, tls, ownKey, at,
        }.WithReport(
            environment,
            parsed =>
            {
                TimeProvider clock = parsed.GetClock(at, environment);
                SslProtocols protocol = parsed.VersionOf(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                byte[] nonce = CertInfoText.ReadChallenge(parsed.GetRequiredValue(challenge));
                SigningKeyPair pair = ReadPair(environment, parsed.GetRequiredValue(cert), parsed.GetRequiredValue(key), clock);
                TrustBundle bundle = environment.Input.ReadBundle(parsed.GetRequiredValue(ca), [], clock);
                CertificateFile file = environment.Input.ReadCertificate(parsed.GetRequiredValue(client));
                if (!bundle.TryVerify(file.Leaf.Der.Span, file.Others.AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection))
                    return VerdictReport.Create(rejection, "", environment.Style);

                TlsConnectionInfo facts = new()
                {
                    Protocol = protocol,
                    CipherSuite = suite,
                    ClientCertificate = verified,
                    ClientCertificateRequested = true,
                    AllowedCipherSuites = [suite],
                };
                CertInfoTokenFormat format = parsed.GetValue(ownKey) ? CertInfoTokenFormat.ProxyKey : CertInfoTokenFormat.SharedKey;
                CertInfoTokenIssuerOptions options = new() { Format = format, TimeProvider = clock };
                CertInfoTokenIssuer issuer = new(Source.Fixed(pair), options);
                return issuer.TryIssue(facts, parsed.GetRequiredValue(user), nonce, out CertInfoToken? token, out rejection)
                    ? Describe(CertInfoText.FromToken(token), environment.Style)
                    : VerdictReport.Create(rejection, "", environment.Style);
            },
            "certauth cert-info issue --client alice-cert.pem --ca ca-bundle.pem --user alice --challenge AQIDBAUGBwgJCgsMDQ4PEBESExQ= "
                + "--cert proxy-cert.pem --key proxy-key.pem");
    }

    private static SigningKeyPair ReadPair(ToolEnvironment environment, string certificatePath, string keyPath, TimeProvider clock)
    {
        byte[] certificate = environment.Input.Read(certificatePath);
        byte[] key = Encoding.UTF8.GetBytes(environment.Input.ReadKeyText(keyPath));
        return SigningKeyPair.TryParse(certificate, key, clock.GetUtcNow(), out SigningKeyPair? pair, out KeyPairError error)
            ? pair
            : throw new UserErrorException(TerminalText.Escape(error.ToString(InputFiles.GetDisplayName(certificatePath), InputFiles.GetDisplayName(keyPath))));
    }

    private static Report Describe(CertInfoText token, Style style)
    {
        Report report = new(token.ToJson());
        report.AddRows(style, (CertInfoToken.InfoAttributeName, TerminalText.Escape(token.Info)), (CertInfoToken.SignatureAttributeName, token.Signature));
        return report;
    }
}
