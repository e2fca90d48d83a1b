using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>Issues certificates from a CA of a folder.</summary>
internal sealed class CaIssueCommand
{
    private readonly ToolEnvironment _host;
    private readonly CaOptions _options;
    private readonly Option<string?> _key = KeyTypes.CreateOption("p256");
    private readonly Option<string> _ca = new("--ca")
    {
        Description = "how the names of the CA's files begin",
        HelpName = "NAME",
        DefaultValueFactory = _ => CaFolder.DefaultCa,
    };
    private readonly Option<string> _subject = new("--subject")
    {
        Description = "the subject in slash form, such as /C=US/O=Example/CN=alice",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };

    private CaIssueCommand(ToolEnvironment environment, string name, int days) => (_host, _options) = (environment, new(name, "of the new certificate", days));

    internal static Command Create(ToolEnvironment environment) => new(
        "issue", "Issues a certificate with a new key: NAME-cert.pem (with the intermediates above it) and NAME-key.pem.")
    {
        CreateLeaf(
            environment, "client", "Issues a certificate for a TLS client, such as a user of a database.", TestCertificateRequest.ClientAuth,
            "certauth ca issue client --subject /C=US/O=Example/CN=alice --name alice",
            "certauth ca issue client --san URI:spiffe://example/app --name app --key rsa2048"),
        CreateLeaf(
            environment, "server", "Issues a certificate for a TLS server; clients look for its host among the alternative names.", TestCertificateRequest.ServerAuth,
            "certauth ca issue server --subject /CN=db.example --san DNS:db.example,IP:10.0.0.1"),
        CreateIntermediate(environment),
    };

    private static Command CreateLeaf(ToolEnvironment environment, string kind, string description, string usage, params string[] examples)
    {
        CaIssueCommand issue = new(environment, kind, CaOptions.DefaultLeafDays);
        Option<string[]> sans = new("--san")
        {
            Description = "alternative names: DNS:…, URI:… and IP:…, joined by commas; a comma or a backslash in a name gets a backslash",
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
                    throw new UserErrorException("Whom does the certificate name? Give --subject, --san or both.");
                if (usage == TestCertificateRequest.ServerAuth && !RequestedNames.HasHostName(names))
                    throw new UserErrorException("--san: a server needs a DNS name or an address that its clients look for, such as --san DNS:db.example.");

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
        Command command = new("intermediate", "Issues a certificate for a CA below, which issues with --ca NAME.") { issue._subject, pathLength };
        return issue.AddIssueAction(
            command,
            parsed =>
            {
                string subject = parsed.GetRequiredValue(issue._subject);
                if (subject.Length == 0)
                    throw new UserErrorException("--subject: a CA needs a name (RFC 5280, 4.1.2.6).");

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

                    // It would look self-signed.
                    if (name.Encode().AsSpan().SequenceEqual(ca.Certificate.SubjectDer.Span))
                        throw new UserErrorException("--subject: that is the name of the CA itself; choose another.");
                    return ca.Authority.IssueIntermediate(name, options with { NotAfter = notAfter }).Certificate;
                };
            },
            "certauth ca issue intermediate --subject /C=US/O=Example/CN=users --name users",
            "certauth ca issue client --ca users --subject /CN=alice --name alice");
    }

    // Keys take time and are made before the folder is taken.
    private Command AddIssueAction(Command command, Func<ParseResult, Func<StoredCa, DateTimeOffset, TestCertificate>> prepare, params string[] examples)
    {
        foreach (Option option in (Option[])[_key, _options.Days, _options.Name, _ca, _options.Folder, _options.Force])
            command.Options.Add(option);
        return command.WithReport(
            _host,
            parsed =>
            {
                string name = CaFolder.ValidateName("--name", parsed.GetRequiredValue(_options.Name));
                string caName = CaFolder.ValidateName("--ca", parsed.GetRequiredValue(_ca));
                if (name == caName)
                    throw new UserErrorException("--name: the CA's own files have that name; choose another.");

                Func<StoredCa, DateTimeOffset, TestCertificate> issue = prepare(parsed);
                using OutputFolder folder = OutputFolder.Open(parsed.GetRequiredValue(_options.Folder), create: false);
                CaFolder files = new(folder, _host.Input);
                StoredCa ca = files.Load(caName, _host.TimeProvider);
                TestCertificate issued = issue(ca, GetNotAfter(parsed, ca));
                string[] written = files.Save(name, issued.PemWithChain, issued.PrivateKeyPem, _options.GetOverwriteMode(parsed));
                return IssuedReport.Create(issued, written, BundleNote.Of(files, caName, ca.IsRoot), _host.Style);
            },
            examples);
    }

    // Nobody takes a certificate whose CA has expired.
    private DateTimeOffset GetNotAfter(ParseResult parsed, StoredCa ca)
    {
        DateTimeOffset end = _options.GetNotAfter(parsed, _host);
        if (end <= ca.Certificate.NotAfter)
            return end;
        return parsed.GetValue(_options.Days) is null
            ? ca.Certificate.NotAfter
            : throw new UserErrorException(
                $"--days: the CA expires before that, on {TerminalText.FormatTime(ca.Certificate.NotAfter)}; fewer days, or certauth ca rotate first.");
    }

    private static void ThrowIfPathLengthIsZero(TestCertificateAuthority ca)
    {
        using X509Certificate2 certificate = ca.ToX509Certificate2();
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e is { HasPathLengthConstraint: true, PathLengthConstraint: 0 }))
            throw new UserErrorException("The CA's path length allows no CA below it.");
    }
}
