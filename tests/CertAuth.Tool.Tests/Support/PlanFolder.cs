namespace CertAuth.Tool.Tests.Support;

/// <summary>The files of a plan: the bundle of <see cref="Samples.Ca"/>, the bundle of the CA that replaces it, and the certificates of the
/// clients.</summary>
internal sealed class PlanFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    internal PlanFolder()
    {
        (OldBundle, NewBundle) = (_folder.Write("old.pem", Samples.Ca.Pem), _folder.Write("new.pem", NextCa.Pem));
        Certificates = Directory.CreateDirectory(_folder["clients"]).FullName;
    }

    /// <summary>Gets the new CA, which has the name of the old one.</summary>
    internal static TestCertificateAuthority NextCa { get; } = Samples.Ca.Rotate();

    /// <summary>Gets the key of every certificate that <see cref="Issue"/> creates.</summary>
    internal static TestKey ClientKey { get; } = TestKey.Create();

    internal string OldBundle { get; }

    internal string NewBundle { get; }

    /// <summary>Gets the path of the folder of the certificates.</summary>
    internal string Certificates { get; }

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes the file of the accounts, and returns its path.</summary>
    internal string WriteAccounts(string text, string name = "accounts.tsv") => _folder.Write(name, text);

    internal TestCertificate Issue(TestCertificateAuthority ca, string user, string? file = null, DateTimeOffset? notAfter = null) =>
        Write(file ?? user, ca.Issue(new()
        {
            Subject = TestName.Of(("CN", user)),
            Sans = [TestSan.Dns($"{user}.example")],
            Key = ClientKey,
            NotBefore = Samples.Now.AddDays(-30),
            NotAfter = notAfter,
        }));

    internal TestCertificate Write(string file, TestCertificate certificate)
    {
        File.WriteAllText(Path.Combine(Certificates, $"{file}.pem"), certificate.Pem);
        return certificate;
    }

    internal ToolResult Plan(string accounts, params string[] options) => ToolRun.Run(CreateArguments(accounts, options));

    internal string[] CreateArguments(string accounts, params string[] options) =>
        ["plan", "--bundle", NewBundle, "--certs", Certificates, "--accounts", accounts, "--at", Samples.At, .. options];
}
