using System.CommandLine;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>The commands that create a CA in a folder, issue certificates with it and replace it by its successor.</summary>
internal static class CaCommand
{
    internal static Command Create(ToolEnvironment environment) => new(
        "ca", "Creates CAs and certificates in a folder, for tests and small installations.")
    {
        CreateNew(environment),
        CaIssueCommand.Create(environment),
        CreateRotate(environment),
    };

    private static Command CreateNew(ToolEnvironment environment)
    {
        CaOptions options = new("ca", "the CA", CaOptions.DefaultCaDays);
        Option<string> subject = CommonOptions.CreateRequiredOption(
            "--subject", "NAME", "The subject of the CA in slash format, such as /C=US/O=Example/CN=ca.");
        Option<string?> key = KeyTypes.CreateOption("p256");
        Option<int?> pathLength = CaOptions.CreatePathLengthOption();
        return new Command(
            "new", "Creates a self-signed CA: NAME-cert.pem, NAME-key.pem and NAME-bundle.pem, the CA file that servers read.")
        {
            subject, key, options.Days, pathLength, options.Name, options.Folder, options.Force,
        }.WithReport(
            environment,
            parsed =>
            {
                string name = CaFolder.ValidateName("--name", parsed.GetRequiredValue(options.Name));
                string text = parsed.GetRequiredValue(subject);
                TestName caName = text.Length > 0
                    ? RequestedNames.ParseSubject(text)
                    : throw new UserErrorException("--subject: A CA requires a name (RFC 5280, 4.1.2.6).");
                TestCertificateAuthority ca = TestCertificateAuthority.Create(caName, new()
                {
                    KeyType = parsed.GetKeyType(key) ?? TestKeyType.P256,
                    PathLength = parsed.GetValue(pathLength),
                    NotAfter = options.GetNotAfter(parsed, environment),
                    TimeProvider = environment.TimeProvider,
                    RandomSerialNumbers = true,
                });
                using OutputFolder folder = OutputFolder.Open(parsed.GetRequiredValue(options.Folder), create: true);
                CaFolder files = new(folder, environment.Input);
                string[] written = files.SaveRoot(name, ca, options.GetOverwriteMode(parsed));
                return IssuedReport.Create(ca.Certificate, written, BundleNote.Create(files, name, isRoot: true), environment.Style);
            },
            "certauth ca new --subject /C=US/O=Example/CN=ca",
            "certauth ca new --subject /CN=proxies --key rsa3072 --days 730 --folder proxies");
    }

    private static Command CreateRotate(ToolEnvironment environment)
    {
        CaOptions options = new("ca", "the CA", CaOptions.DefaultCaDays);
        Option<string?> key = KeyTypes.CreateOption("the type of the old key");
        return new Command(
            "rotate",
            "Creates the next CA with the same subject. Keeps the old files as NAME-old-1-cert.pem and so on, and puts both certificates "
            + "into NAME-bundle.pem, the CA file that servers read.")
        {
            key, options.Days, options.Name, options.Folder,
        }.WithReport(
            environment,
            parsed =>
            {
                string name = CaFolder.ValidateName("--name", parsed.GetRequiredValue(options.Name));
                using OutputFolder folder = OutputFolder.Open(parsed.GetRequiredValue(options.Folder), create: false);
                CaFolder files = new(folder, environment.Input);
                StoredCa old = files.LoadForRotation(name, environment.TimeProvider);
                TestCertificateAuthority next = old.Authority.Rotate(parsed.GetKeyType(key), options.GetNotAfter(parsed, environment));
                string bundle = files.CreateRotatedBundle(name, next, old.Authority);

                // The new pair is written last, when the old pair is saved and the bundle has both certificates.
                string[] kept = files.Save(files.FindUnusedNameForOld(name), old.CertificateText, old.KeyText, OverwriteMode.Fail);
                files.SaveBundle(name, bundle, OverwriteMode.Replace);
                string[] written = files.Save(name, next.Pem, next.Key.PrivateKeyPem, OverwriteMode.Replace);
                string[] all = [.. written, files.GetBundlePath(name), .. kept];
                return IssuedReport.Create(next.Certificate, all, BundleNote.CreateForRotation(files, name), environment.Style);
            },
            "certauth ca rotate --folder pki",
            "certauth ca rotate --folder pki --key p384 --days 1825");
    }
}
