using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Tests.Support;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Authorities;

public sealed class CaNewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PrintsWhatWasMadeAndWhere()
    {
        ToolResult result = ToolRun.Run(["ca", "new", "--subject", "/C=US/O=Example/CN=ca", "--folder", _folder.Path], clock: new FixedClock(Samples.Now));

        string[] lines = result.Output.Split('\n');
        Assert.Equal("subject     /C=US/O=Example/CN=ca", lines[0]);
        Assert.Equal("issuer      /C=US/O=Example/CN=ca", lines[1]);
        Assert.Equal("valid from  2026-11-21 11:00:00Z", lines[2]);
        Assert.Equal("until       2036-11-18 12:00:00Z", lines[3]);
        Assert.Equal("key         EC P-256", lines[4]);
        Assert.Equal($"written     {_folder["ca-cert.pem"]}", lines[7]);
        Assert.Equal($"            {_folder["ca-key.pem"]}", lines[8]);
        Assert.Equal($"            {_folder["ca-bundle.pem"]}", lines[9]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem"], _folder.Names());
    }

    [Fact]
    public void Json_HasTheSame()
    {
        // On a clock that stands: making the key takes its time.
        string[] args = ["ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Path, "--format", "json", "--key", "rsa2048", "--days", "10"];
        JsonObject json = ToolRun.Run(args, clock: new FixedClock(Samples.Now)).ReadJson();

        Assert.Equal(CaRuns.Subject, json["subject"].Text());
        Assert.Equal("RSA 2048", json["key"].Text());
        string[] files = [_folder["ca-cert.pem"], _folder["ca-key.pem"], _folder["ca-bundle.pem"]];
        Assert.Equal(files, json["files"]!.AsArray().Select(file => file.Text()));
        ClientCertificate certificate = Certificate("ca-cert.pem");
        Assert.Equal(Convert.ToHexStringLower(certificate.Sha256.Span), json["sha256"].Text());
        Assert.Equal(TimeSpan.FromDays(10) + TimeSpan.FromHours(1), certificate.NotAfter - certificate.NotBefore);
        Assert.True(X509Facts.Of(certificate).IsCa);
    }

    [Fact]
    public void FilesAreReadByTheirOwnerAlone()
    {
        _folder.NewCa();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ToolFiles.ModeOf(_folder["ca-key.pem"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ToolFiles.ModeOf(_folder["ca-cert.pem"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ToolFiles.ModeOf(_folder["ca-bundle.pem"]));
    }

    [Fact]
    public void NeverOverwritesWithoutForce()
    {
        _folder.NewCa();
        string before = _folder.Read("ca-key.pem");

        Assert.Equal(
            $"certauth ca new: {_folder["ca-cert.pem"]} is there already; --force replaces it.",
            CaRuns.Mistake("ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Path));
        Assert.Equal(before, _folder.Read("ca-key.pem"));

        _folder.NewCa("--force");
        Assert.NotEqual(before, _folder.Read("ca-key.pem"));
        Assert.Equal([".certauth.lock", "ca-bundle.pem", "ca-cert.pem", "ca-key.pem"], _folder.Names());
    }

    [Fact]
    public void KeyAloneIsNotOverwrittenEither()
    {
        _folder.Write("ca-key.pem", "precious");

        Assert.Contains(
            "ca-key.pem is there already",
            CaRuns.Mistake("ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Path),
            StringComparison.Ordinal);
        Assert.Equal("precious", _folder.Read("ca-key.pem"));
        Assert.False(File.Exists(_folder["ca-cert.pem"]));
    }

    [Fact]
    public void TwoRunsHaveOtherSerialNumbersAndKeys()
    {
        _folder.NewCa();
        _folder.NewCa("--name", "other");

        ClientCertificate first = Certificate("ca-cert.pem");
        ClientCertificate second = Certificate("other-cert.pem");
        Assert.NotEqual(Convert.ToHexString(first.SerialNumber.Span), Convert.ToHexString(second.SerialNumber.Span));
        Assert.Equal(9, first.SerialNumber.Length);
        Assert.NotEqual(_folder.Read("ca-key.pem"), _folder.Read("other-key.pem"));
    }

    [Theory]
    [InlineData("CN=ca", "--subject: A name begins with '/', as in /C=US/CN=alice; expected '/' at index 0.")]
    [InlineData("", "--subject: a CA needs a name (RFC 5280, 4.1.2.6).")]
    [InlineData("/C=USA/CN=ca", "--subject: C is a country of two letters, such as US, not USA.")]
    [InlineData("/CN=", "--subject: CN needs a value, and one that is text.")]
    [InlineData("/serialNumber=a_b", "--subject: serialNumber takes letters, digits, blanks and '()+,-./:=? alone.")]
    [InlineData("/emailAddress=\u00e9", "--subject: emailAddress takes ASCII alone.")]
    public void BadSubject_IsOneLine(string subject, string problem) =>
        Assert.Equal($"certauth ca new: {problem}", CaRuns.Mistake("ca", "new", "--subject", subject, "--folder", _folder.Path));

    [Theory]
    [InlineData("--name", "../ca")]
    [InlineData("--name", "")]
    [InlineData("--name", ".hidden")]
    public void BadName_IsOneLine(string option, string name)
    {
        Assert.StartsWith(
            "certauth ca new: --name begins the names of files",
            CaRuns.Mistake("ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Path, option, name),
            StringComparison.Ordinal);
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--days", "ten")]
    [InlineData("--key", "dsa1024")]
    [InlineData("--colour", "blue")]
    public void BadOption_SaysWhereTheHelpIs(string option, string value)
    {
        ToolResult result = ToolRun.Run(["ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Path, option, value]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.EndsWith("Try: certauth ca new --help\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void FileInPlaceOfTheFolder_IsOneLine() =>
        Assert.StartsWith(
            "certauth ca new: The folder",
            CaRuns.Mistake("ca", "new", "--subject", CaRuns.Subject, "--folder", _folder.Write("file", "")),
            StringComparison.Ordinal);

    private ClientCertificate Certificate(string name) => ToolFiles.ReadCertificate(_folder[name]);
}
