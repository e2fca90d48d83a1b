using System.CommandLine;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>CAs of a folder: a new one, what it issues, the next one of a rotation.</summary>
internal static class CaCommand
{
    internal static Command Create(ToolEnvironment environment) => new("ca", "Makes CAs and certificates in a folder, for tests and small installations.")
    {
        CreateNew(environment),
        CaIssueCommand.Create(environment),
        CreateRotate(environment),
    };

    private static Command CreateNew(ToolEnvironment environment)
    {
        CaOptions options = new("ca", "of the CA", CaOptions.DefaultCaDays);
        Option<string> subject = CommonOptions.CreateRequiredOption("--subject", "NAME", "the CA's name in slash form, such as /C=US/O=Example/CN=ca");
        Option<string?> key = KeyTypes.CreateOption("p256");
        Option<int?> pathLength = CaOptions.CreatePathLengthOption();
        return new Command("new", "Makes a self-signed CA: NAME-cert.pem, NAME-key.pem and NAME-bundle.pem, the CA file that servers read.")
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
                    : throw new UserErrorException("--subject: a CA needs a name (RFC 5280, 4.1.2.6).");
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
                return IssuedReport.Create(ca.Certificate, written, BundleNote.Of(files, name, isRoot: true), environment.Style);
            },
            "certauth ca new --subject /C=US/O=Example/CN=ca",
            "certauth ca new --subject /CN=proxies --key rsa3072 --days 730 --folder proxies");
    }

    private static Command CreateRotate(ToolEnvironment environment)
    {
        CaOptions options = new("ca", "of the CA", CaOptions.DefaultCaDays);
        Option<string?> key = KeyTypes.CreateOption("that of the old CA");
        return new Command(
            "rotate",
            "Makes the next CA of the same name: the old files are kept as NAME-old-1-cert.pem and so on, and NAME-bundle.pem, the CA file "
            + "that servers read, has both certificates, the new one first.")
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

                // The old pair is safe and the bundle trusts both before the new one takes its place.
                string[] kept = files.Save(files.FindUnusedNameForOld(name), old.CertificateText, old.KeyText, OverwriteMode.Fail);
                files.SaveBundle(name, bundle, OverwriteMode.Replace);
                string[] written = files.Save(name, next.Pem, next.Key.PrivateKeyPem, OverwriteMode.Replace);
                string[] all = [.. written, files.BundlePath(name), .. kept];
                return IssuedReport.Create(next.Certificate, all, BundleNote.OfRotation(files, name), environment.Style);
            },
            "certauth ca rotate --folder pki",
            "certauth ca rotate --folder pki --key p384 --days 1825");
    }
}
