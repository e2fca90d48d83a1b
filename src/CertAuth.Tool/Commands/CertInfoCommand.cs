using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Forwarding;
using CertAuth.Tool.Writing;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>What a proxy says of its client's certificate, signed: for other implementers.</summary>
internal static class CertInfoCommand
{
    internal static Command Create(ToolHost host) => new(
        "cert-info", $"Forwarded client certificates: the attributes {CertInfoToken.InfoName} and {CertInfoToken.SignatureName}.")
    {
        CreateIssue(host),
        CertInfoVerifyCommand.Create(host),
    };

    internal static Option<string> CreateChallenge() =>
        CommonOptions.Required("--challenge", "BASE64", "what the server sent in its first handshake of the proxy's connection");

    private static Command CreateIssue(ToolHost host)
    {
        Option<string> client = CommonOptions.Required("--client", "CERT", "the client's certificate, PEM (with its chain, if it sends one) or DER");
        Option<string> ca = CommonOptions.Required("--ca", "BUNDLE", "the CAs that the proxy trusts: only a verified certificate is vouched for");
        Option<string> user = CommonOptions.Required("--user", "NAME", "who logs in");
        Option<string> challenge = CreateChallenge();
        Option<string> cert = CommonOptions.Required("--cert", "CERT", "the signing certificate, PEM, then those above it");
        Option<string> key = CommonOptions.Required("--key", "FILE", "its private key, PEM, not encrypted");
        Option<string?> cipher = new("--cipher")
        {
            Description = "the cipher suite of the client's connection, by either name; a usual one of the TLS version where it is left out",
            HelpName = "NAME",
        };
        Option<SslProtocols> tls = TlsVersionOption.Create("the client's connection");
        Option<bool> ownKey = new("--own-key") { Description = "the form with a key of the proxy's own (v1c.), whose certificates are sent" };
        Option<DateTimeOffset?> at = CommonOptions.At();
        return new Command(
            "issue", "Signs what a proxy says of its client, and prints the two attributes. Exit code 1 where the client's certificate is refused.")
        {
            client, ca, user, challenge, cert, key, cipher, tls, ownKey, at,
        }.Reports(
            host,
            parsed =>
            {
                TimeProvider clock = parsed.ClockOf(at, host);
                SslProtocols protocol = parsed.VersionOf(tls);
                TlsCipherSuite suite = NegotiatedSuite.Read(parsed.GetValue(cipher), protocol);
                byte[] nonce = CertInfoText.ReadChallenge(parsed.GetRequiredValue(challenge));
                SigningKeyPair pair = ReadPair(host, parsed.GetRequiredValue(cert), parsed.GetRequiredValue(key), clock);
                TrustBundle bundle = host.Input.ReadBundle(parsed.GetRequiredValue(ca), [], clock);
                CertificateFile file = host.Input.ReadCertificate(parsed.GetRequiredValue(client));
                if (!bundle.TryVerify(file.Leaf.Der.Span, file.Others.AsSpan(), out VerifiedCertificate? verified, out Refusal? refusal))
                    return Verdict.Create(refusal, "", host.Style);

                TlsConnectionInfo facts = new()
                {
                    Protocol = protocol,
                    CipherSuite = suite,
                    ClientCertificate = verified,
                    ClientCertificateRequested = true,
                    AllowedCipherSuites = [suite],
                };
                CertInfoForm form = parsed.GetValue(ownKey) ? CertInfoForm.OwnKey : CertInfoForm.SharedKey;
                CertInfoTokenIssuerOptions options = new() { Form = form, TimeProvider = clock };
                CertInfoTokenIssuer issuer = new(new FixedSource<SigningKeyPair>(pair), options);
                return issuer.TryIssue(facts, parsed.GetRequiredValue(user), nonce, out CertInfoToken? token, out refusal)
                    ? Describe(CertInfoText.Of(token), host.Style)
                    : Verdict.Create(refusal, "", host.Style);
            },
            "certauth cert-info issue --client alice-cert.pem --ca ca-bundle.pem --user alice --challenge AQIDBAUGBwgJCgsMDQ4PEBESExQ= "
                + "--cert proxy-cert.pem --key proxy-key.pem");
    }

    private static SigningKeyPair ReadPair(ToolHost host, string certificatePath, string keyPath, TimeProvider clock)
    {
        byte[] certificate = host.Input.Read(certificatePath);
        byte[] key = Encoding.UTF8.GetBytes(host.Input.ReadKeyText(keyPath));
        return SigningKeyPair.TryLoad(certificate, key, clock.GetUtcNow(), out SigningKeyPair? pair, out KeyPairError error)
            ? pair
            : throw new MistakeException(Shown.Safe(error.ToString(Files.Name(certificatePath), Files.Name(keyPath))));
    }

    private static Report Describe(CertInfoText token, Style style)
    {
        Report report = new(token.ToJson());
        report.AddRows(style, (CertInfoToken.InfoName, Shown.Safe(token.Info)), (CertInfoToken.SignatureName, token.Signature));
        return report;
    }
}
