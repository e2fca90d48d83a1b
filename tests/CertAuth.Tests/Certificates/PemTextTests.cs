using System.Text;
using CertAuth.Der;
using CertAuth.Trust;

namespace CertAuth.Tests.Certificates;

/// <summary>Lines outside blocks that are comments, and damaged blocks that must not be skipped silently.</summary>
public sealed class PemTextTests
{
    private static readonly TestCertificateAuthority s_one = TestCertificateAuthority.Create(TestName.Of(("CN", "one")));
    private static readonly TestCertificateAuthority s_two = TestCertificateAuthority.Create(TestName.Of(("CN", "two")));

    public static TheoryData<string> Comments =>
    [
        "-", "--", "---", "-----", "----------------------------------------", "--- Root CAs ---", "-- the old CA, until 2027",
        "- the new CA", "  --- indented", "\t---", "---- SHA-256: AB:CD ----", "-- end of the old CAs --", "--- begin of the list",
        "---\r", "–– the new CA ––", "# BEGIN ANSIBLE MANAGED BLOCK", "# END ANSIBLE MANAGED BLOCK", "Server certificate",
        "subject=CN = one", "-- append here",

        // Regression: "vendors", "sender" and "endpoint" contain the letters of END.
        "--- Certificates of our vendors ---", "-- the sender's key", "--- Endpoint certificates ---", "-- beginners' keys --",
    ];

    // Both boundaries are damaged in the same way, as by a program that reformats text, so no intact END line reveals the block.
    public static TheoryData<string, string> Damages => new()
    {
        { "-----", "----" },
        { "-----", "--" },
        { "-----", "----- " },
        { "-----", "—" },
        { "-----", "–––––" },
        { "-----", "> -----" },
        { "-----", "# -----" },
        { "-----", " -----" },
        { "-----", "\u00A0-----" },
        { "N CERT", "NCERT" },
        { "CERTIFICATE", "certificate" },
        { "-----BEGIN", "-----begin" },
        { "-----BEGIN", "------BEGIN" },
        { "-----BEGIN CERTIFICATE-----", "-- Begin Certificate --" },
    };

    // Regression: a line that begins with two dashes was reported as malformed PEM. "openssl s_client" prints one before each certificate.
    [Theory, MemberData(nameof(Comments))]
    public void TryParse_IgnoresComments(string line)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{line}\n{s_one.Pem}{line}\n{line}\n{s_two.Pem}{line}");

        TrustBundle.TryParse(text, null, out TrustBundle? bundle, out TrustBundleError error).Should().BeTrue("{0}", error);

        bundle!.Anchors.Select(anchor => anchor.Subject).Should().Equal("/CN=one", "/CN=two");
    }

    [Theory, MemberData(nameof(Damages))]
    public void TryParse_RejectsDamagedBlocks(string part, string damaged)
    {
        string block = s_two.Pem.Replace(part, damaged, StringComparison.Ordinal);
        if (part.Contains("BEGIN", StringComparison.Ordinal))
            block = block.Replace(ToEndLine(part), ToEndLine(damaged), StringComparison.Ordinal);

        foreach (string text in new[] { s_one.Pem + block, s_one.Pem + block + s_one.Pem })
        {
            TrustBundle.TryParse(Encoding.UTF8.GetBytes(text), null, out _, out TrustBundleError error).Should().BeFalse();

            error.Kind.Should().BeOneOf(TrustBundleErrorKind.MalformedBlock, TrustBundleErrorKind.UnexpectedBlock);
            (error.Index, error.Line).Should().Be((2, s_one.Pem.Count(c => c == '\n') + 1));
        }
    }

    [Theory]
    [InlineData("–BEGIN PKCS7–")]
    [InlineData("-- BEGIN X509 CRL --")]
    [InlineData("--- Begin Private Key ---")]
    [InlineData("a line with \0")]
    public void TryParse_RejectsALineThatResemblesAPartOfABlock(string line)
    {
        TrustBundle.TryParse(Encoding.UTF8.GetBytes($"{s_one.Pem}{line}\n"), null, out _, out TrustBundleError error).Should().BeFalse();

        (error.Kind, error.Index).Should().Be((TrustBundleErrorKind.MalformedBlock, 2));
    }

    // Regression: each line allocated an object, 24 bytes for one line feed.
    [Theory]
    [InlineData("\n")]
    [InlineData("---\n")]
    [InlineData("Server certificate\n")]
    public void Read_AllocatesNothingForComments(string line)
    {
        byte[] few = Encoding.ASCII.GetBytes(line);
        byte[] many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 200_000)));

        Allocation.Of(() => PemReader.Read(many, out _)).Should().Be(Allocation.Of(() => PemReader.Read(few, out _)));
    }

    [Fact]
    public void Read_NumbersBlocksAndLines()
    {
        byte[] text = Encoding.ASCII.GetBytes($"---\n{s_one.Pem}\n---\n{s_two.Pem}-----BEGIN CERTIFICATE-----\n");

        IReadOnlyList<PemBlock> blocks = PemReader.Read(text, out PemFault? fault);

        int one = s_one.Pem.Count(c => c == '\n'), two = s_two.Pem.Count(c => c == '\n');
        blocks.Select(block => block.Location).Should().Equal(new PemLocation(1, 2), new PemLocation(2, one + 4));
        fault.Should().Be(new PemFault(PemFaultKind.Malformed, new(3, one + two + 4)));
    }

    private static string ToEndLine(string begin) => begin.Replace("BEGIN", "END", StringComparison.Ordinal)
        .Replace("Begin", "End", StringComparison.Ordinal).Replace("begin", "end", StringComparison.Ordinal);
}
