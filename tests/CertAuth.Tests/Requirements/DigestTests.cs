using System.Diagnostics;
using CertAuth.Certificates;
using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

public sealed class DigestTests
{
    /// <summary>The exit code of a shell whose last command does not exist.</summary>
    private const int CommandNotFound = 127;

    private static Gen<byte[]> Digests { get; } = Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Constant(255)), (4, Gen.Choose(0, 255)))
        .ListOf(32).Select(bytes => bytes.Select(b => (byte)b).ToArray());

    [Fact]
    public void TryParse_ReadsEachForm() => Prop.ForAll(Digests.ToArbitrary(), bytes =>
    {
        Sha256Digest expected = new(bytes);
        return GetForms(bytes).All(form => Sha256Digest.TryParse(form, out Sha256Digest digest, out DigestError error)
            && digest == expected && error == default && digest.ToString() == $"sha256:{Convert.ToHexStringLower(bytes)}")
            && Sha256Digest.Contains([default, expected], bytes) && !Sha256Digest.Contains([], bytes)
            && !Sha256Digest.Contains([expected], bytes.AsSpan(1)) && !Sha256Digest.Contains([expected], [.. bytes, 0]);
    }).Check(Generators.Times(500));

    // Whatever one character of a digest becomes, it is either rejected or another digest: no two texts of one form are one digest.
    [Fact]
    public void TryParse_HasNoSpareCharacter() => Prop.ForAll(
        (from digest in Digests from index in Gen.Choose(0, 42) from c in Gen.Choose(0x21, 0x7E) select (digest, index, c)).ToArbitrary(),
        c =>
        {
            char[] text = Convert.ToBase64String(c.Item1).TrimEnd('=').ToCharArray();
            bool isSame = text[c.Item2] == (char)c.Item3;
            text[c.Item2] = (char)c.Item3;
            bool isRead = Sha256Digest.TryParse(text, out Sha256Digest digest, out _);
            bool isOtherAlphabet = (char)c.Item3 is '-' or '_';
            return !isRead || isSame || isOtherAlphabet || digest != new Sha256Digest(c.Item1);
        }).Check(Generators.Times(2000));

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256/")]
    [InlineData("sha256//")]
    [InlineData("\"\"")]
    [InlineData("\"")]
    [InlineData("=")]
    [InlineData("sha1:")]
    public void TryParse_RejectsATextWithoutDigits(string text)
    {
        Sha256Digest.TryParse(text, out Sha256Digest digest, out DigestError error).Should().BeFalse();
        (digest, error.Kind).Should().Be((default, DigestErrorKind.BadLength));
    }

    [Fact]
    public void Constructor_RejectsAnotherLength() =>
        ((Action)(() => _ = new Sha256Digest(new byte[31]))).Should().ThrowExactly<ArgumentException>();

    // What the real openssl prints can be pasted: the fingerprint line, and both forms of the digest of a key.
    [Fact]
    public async Task Parse_ReadsWhatOpenSslPrints()
    {
        TestCertificate leaf = TestCertificateAuthority.Create(TestName.Of(("CN", "CA"))).IssueClient(TestName.Of(("CN", "a")));
        ParsedCertificate certificate = ParsedCertificate.Parse(leaf.Der.Span);
        string fingerprint = await OpenSslAsync("openssl x509 -noout -fingerprint -sha256", leaf.Pem);
        const string Key = "openssl x509 -noout -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 ";
        string base64 = await OpenSslAsync(Key + "-binary | base64", leaf.Pem);
        string hex = await OpenSslAsync(Key + "| sed 's/.*= //'", leaf.Pem);
        string colons = await OpenSslAsync(Key + "-c | sed 's/.*= //'", leaf.Pem);

        LoginRequirement.Parse($"CERTIFICATE '{fingerprint}'").Alternatives[0].Find<CertificateOption>()!.Digests
            .Should().Equal(new Sha256Digest(certificate.Sha256.Span));
        foreach (string key in new[] { base64, hex, colons })
        {
            LoginRequirement.Parse($"PUBLIC_KEY '{key}'").Alternatives[0].Find<PublicKeyOption>()!.Digests
                .Should().Equal(new Sha256Digest(certificate.PublicKeySha256.Span));
        }
    }

    private static IEnumerable<string> GetForms(byte[] bytes)
    {
        string hex = Convert.ToHexStringLower(bytes), base64 = Convert.ToBase64String(bytes);
        string colons = string.Join(':', hex.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        string url = base64.Replace('+', '-').Replace('/', '_');
        string[] digests = [hex, hex.ToUpperInvariant(), colons, base64, base64.TrimEnd('='), url, url.TrimEnd('=')];
        string[] prefixes = ["", "sha256:", "SHA256:", "sha256/", "sha256//", "pin-sha256=", "SHA256 Fingerprint=", "sha256 fingerprint="];
        return from prefix in prefixes from digest in digests from quote in new[] { "", "\"" } select prefix + quote + digest + quote;
    }

    private static async Task<string> OpenSslAsync(string command, string input)
    {
        ProcessStartInfo start = new("sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == CommandNotFound)
            Assert.Skip("openssl is not installed.");
        process.ExitCode.Should().Be(0);
        return output.TrimEnd('\n');
    }
}
