using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>The commands that issue a certificate with a CA of a folder.</summary>
internal sealed class CaIssueCommand
{
    private readonly ToolEnvironment _environment;
    private readonly CaOptions _options;
    private readonly Option<string?> _key = KeyTypes.CreateOption("p256");
    private readonly Option<string> _ca = new("--ca")
    {
        Description = "The name of the issuing CA: the beginning of its file names.",
        HelpName = "NAME",
        DefaultValueFactory = _ => CaFolder.DefaultCa,
    };
    private readonly Option<string> _subject = new("--subject")
    {
        Description = "The subject in slash format, such as /C=US/O=Example/CN=alice.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };

    private CaIssueCommand(ToolEnvironment environment, string name, int days) =>
        (_environment, _options) = (environment, new(name, "the certificate", days));

    internal static Command Create(ToolEnvironment environment) => new(
        "issue", "Issues a certificate with a new key: NAME-cert.pem, which includes the intermediates, and NAME-key.pem.")
    {
        CreateLeaf(
            environment, "client", "Issues a certificate for a TLS client, such as a database user.", TestCertificateRequest.ClientAuth,
            "certauth ca issue client --subject /C=US/O=Example/CN=alice --name alice",
            "certauth ca issue client --san URI:spiffe://example/app --name app --key rsa2048"),
        CreateLeaf(
            environment, "server", "Issues a certificate for a TLS server.", TestCertificateRequest.ServerAuth,
            "certauth ca issue server --subject /CN=db.example --san DNS:db.example,IP:10.0.0.1"),
        CreateIntermediate(environment),
    };

    private static Command CreateLeaf(ToolEnvironment environment, string kind, string description, string usage, params string[] examples)
    {
        CaIssueCommand issue = new(environment, kind, CaOptions.DefaultLeafDays);
        Option<string[]> sans = new("--san")
        {
            Description = "The alternative names, separated by commas: DNS:…, URI:… or IP:…. "
                + "A comma or a backslash in a name is written after a backslash.",
            HelpName = "NAMES",
            DefaultValueFactory = _ => [],
        };
        Command command = new(kind, description) { issue._subject, sans };
        return issue.AddIssueAction(
            command,
            parsed =>
            {
                string[] names = parsed.GetRequiredValue(sans);
                string subject = parsed.GetRequiredValue(issue._subject);
                if (subject.Length == 0 && names.Length == 0)
                    throw new UserErrorException("The certificate has no name; specify --subject, --san or both.");
                if (usage == TestCertificateRequest.ServerAuth && !RequestedNames.HasHostName(names))
                {
                    throw new UserErrorException(
                        "--san: A server certificate requires a DNS name or an IP address, such as --san DNS:db.example.");
                }

                TestCertificateRequest request = new()
                {
                    Subject = RequestedNames.ParseSubject(subject),
                    Sans = RequestedNames.ParseSans(names),
                    ExtendedKeyUsages = [usage],
                    Key = TestKey.Create(parsed.GetKeyType(issue._key) ?? TestKeyType.P256),
                };
                return (ca, notAfter) => ca.Authority.Issue(request with { NotAfter = notAfter });
            },
            examples);
    }

    private static Command CreateIntermediate(ToolEnvironment environment)
    {
        CaIssueCommand issue = new(environment, "intermediate", CaOptions.DefaultCaDays);
        Option<int?> pathLength = CaOptions.CreatePathLengthOption();
        Command command = new("intermediate", "Issues a certificate for an intermediate CA, which --ca NAME then selects.")
        {
            issue._subject, pathLength,
        };
        return issue.AddIssueAction(
            command,
            parsed =>
            {
                string subject = parsed.GetRequiredValue(issue._subject);
                if (subject.Length == 0)
                    throw new UserErrorException("--subject: A CA requires a name (RFC 5280, 4.1.2.6).");

                TestCertificateAuthorityOptions options = new()
                {
                    Key = TestKey.Create(parsed.GetKeyType(issue._key) ?? TestKeyType.P256),
                    PathLength = parsed.GetValue(pathLength),
                    RandomSerialNumbers = true,
                };
                TestName name = RequestedNames.ParseSubject(subject);
                return (ca, notAfter) =>
                {
                    ThrowIfPathLengthIsZero(ca.Authority);

                    // With the same subject and issuer, the intermediate would appear to be self-signed.
                    if (name.Encode().AsSpan().SequenceEqual(ca.Certificate.SubjectDer.Span))
                        throw new UserErrorException("--subject: The issuing CA has this subject; choose another.");
                    return ca.Authority.IssueIntermediate(name, options with { NotAfter = notAfter }).Certificate;
                };
            },
            "certauth ca issue intermediate --subject /C=US/O=Example/CN=users --name users",
            "certauth ca issue client --ca users --subject /CN=alice --name alice");
    }

    // Creating a key is slow, so it happens before the folder is locked.
    private Command AddIssueAction(
        Command command, Func<ParseResult, Func<StoredCa, DateTimeOffset, TestCertificate>> prepare, params string[] examples)
    {
        foreach (Option option in (Option[])[_key, _options.Days, _options.Name, _ca, _options.Folder, _options.Force])
            command.Options.Add(option);
        return command.WithReport(
            _environment,
            parsed =>
            {
                string name = CaFolder.ValidateName("--name", parsed.GetRequiredValue(_options.Name));
                string caName = CaFolder.ValidateName("--ca", parsed.GetRequiredValue(_ca));
                if (name == caName)
                    throw new UserErrorException("--name: The files of the issuing CA have this name; choose another.");

                Func<StoredCa, DateTimeOffset, TestCertificate> issue = prepare(parsed);
                using OutputFolder folder = OutputFolder.Open(parsed.GetRequiredValue(_options.Folder), create: false);
                CaFolder files = new(folder, _environment.Input);
                StoredCa ca = files.Load(caName, _environment.TimeProvider);
                TestCertificate issued = issue(ca, GetNotAfter(parsed, ca));
                string[] written = files.Save(name, issued.PemWithChain, issued.PrivateKeyPem, _options.GetOverwriteMode(parsed));
                return IssuedReport.Create(issued, written, BundleNote.Create(files, caName, ca.IsRoot), _environment.Style);
            },
            examples);
    }

    // No verifier accepts a certificate after its CA has expired.
    private DateTimeOffset GetNotAfter(ParseResult parsed, StoredCa ca)
    {
        DateTimeOffset end = _options.GetNotAfter(parsed, _environment);
        if (end <= ca.Certificate.NotAfter)
            return end;
        return parsed.GetValue(_options.Days) is null
            ? ca.Certificate.NotAfter
            : throw new UserErrorException(
                $"--days: The CA expires earlier, at {TerminalText.FormatTime(ca.Certificate.NotAfter)}; "
                + "specify fewer days, or run certauth ca rotate first.");
    }

    private static void ThrowIfPathLengthIsZero(TestCertificateAuthority ca)
    {
        using X509Certificate2 certificate = ca.ToX509Certificate2();
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>()
            .Any(e => e is { HasPathLengthConstraint: true, PathLengthConstraint: 0 }))
            throw new UserErrorException("The path length constraint of the CA allows no intermediate CA.");
    }
}
