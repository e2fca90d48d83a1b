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

/// <summary>The commands that issue and verify forwarded certificate info, for implementers of a proxy or a server.</summary>
internal static class CertInfoCommand
{
    internal static Command Create(ToolEnvironment environment) => new(
        "cert-info",
        "Issues and verifies forwarded certificate info: the connection attributes "
        + $"{CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}.")
    {
        CreateIssue(environment),
        CertInfoVerifyCommand.Create(environment),
    };

    internal static Option<string> CreateChallengeOption() =>
        CommonOptions.CreateRequiredOption("--challenge", "BASE64", "The challenge that the server sent in its handshake with the proxy.");

    private static Command CreateIssue(ToolEnvironment environment)
    {
        Option<string> client = CommonOptions.CreateRequiredOption(
            "--client", "CERT", "The client certificate, PEM (with the intermediates that the client sends) or DER.");
        Option<string> ca = CommonOptions.CreateRequiredOption(
            "--ca", "BUNDLE", "The CA certificates that the proxy trusts; only a verified certificate is forwarded.");
        Option<string> user = CommonOptions.CreateRequiredOption("--user", "NAME", "The user name of the login.");
        Option<string> challenge = CreateChallengeOption();
        Option<string> cert = CommonOptions.CreateRequiredOption("--cert", "CERT", "The signing certificate and its intermediates, PEM.");
        Option<string> key = CommonOptions.CreateRequiredOption(
            "--key", "FILE", "The private key of the signing certificate, PEM, not encrypted.");
        Option<string?> cipher = new("--cipher")
        {
            Description = "The cipher suite of the client's connection, by IANA or OpenSSL name. Default: a common one of the TLS version.",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the client's connection");
        Option<bool> ownKey = new("--own-key")
        {
            Description = "Use the format for a proxy with its own key (v1c.), which includes the certificates.",
        };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "issue",
            "Signs the certificate info of a client and prints the two attributes. Exit code 1 if the client certificate is rejected.")
        {
            client, ca, user, challenge, cert, key, cipher, tls, ownKey, at,
        }.WithReport(
            environment,
            parsed =>
            {
                TimeProvider clock = parsed.GetClock(at, environment);
                SslProtocols protocol = parsed.GetTlsVersion(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                byte[] challengeBytes = CertInfoText.ReadChallenge(parsed.GetRequiredValue(challenge));
                SigningKeyPair pair = ReadPair(environment, parsed.GetRequiredValue(cert), parsed.GetRequiredValue(key), clock);
                TrustBundle bundle = environment.Input.ReadBundle(parsed.GetRequiredValue(ca), [], clock);
                CertificateFile sent = environment.Input.ReadCertificate(parsed.GetRequiredValue(client));
                ReadOnlySpan<byte> leaf = sent.Leaf.Der.Span;
                if (!bundle.TryVerify(leaf, sent.Others.AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection))
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
                return issuer.TryIssue(facts, parsed.GetRequiredValue(user), challengeBytes, out CertInfoToken? token, out rejection)
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
        return SigningKeyPair.TryParse(certificate, key, new() { TimeProvider = clock }, out SigningKeyPair? pair, out KeyPairError error)
            ? pair
            : throw new UserErrorException(
                TerminalText.Escape(error.ToString(InputFiles.GetDisplayName(certificatePath), InputFiles.GetDisplayName(keyPath))));
    }

    private static Report Describe(CertInfoText token, Style style)
    {
        Report report = new(token.ToJson());
        report.AddRows(
            style,
            (CertInfoToken.InfoAttributeName, TerminalText.Escape(token.Info)),
            (CertInfoToken.SignatureAttributeName, token.Signature));
        return report;
    }
}
