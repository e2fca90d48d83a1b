using System.Text;
using CertAuth.Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Certificates;

/// <summary>Which lines outside blocks are commentary, and which are damaged blocks that must not be skipped in silence.</summary>
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

        // The fault: "vendors", "sender" and "endpoint" have the letters of END.
        "--- Certificates of our vendors ---", "-- the sender's key", "--- Endpoint certificates ---", "-- beginners' keys --",
    ];

    // Both boundaries changed alike, as a program that mangles text does it: no intact END line gives the block away.
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

    // The fault: a line that began with two dashes was called broken PEM, and "openssl s_client" prints one before each certificate.
    [Theory, MemberData(nameof(Comments))]
    public void TryLoad_AcceptsACommentLineForWhatItIs(string line)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{line}\n{s_one.Pem}{line}\n{line}\n{s_two.Pem}{line}");

        TrustBundle.TryParse(text, null, out TrustBundle? bundle, out TrustBundleError error).Should().BeTrue("{0}", error);

        bundle!.Anchors.Select(anchor => anchor.Subject).Should().Equal("/CN=one", "/CN=two");
    }

    [Theory, MemberData(nameof(Damages))]
    public void TryLoad_SkipsNoDamagedBlock(string part, string damaged)
    {
        string block = s_two.Pem.Replace(part, damaged, StringComparison.Ordinal);
        if (part.Contains("BEGIN", StringComparison.Ordinal))
            block = block.Replace(EndOf(part), EndOf(damaged), StringComparison.Ordinal);

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
    public void TryLoad_RejectsALineThatLooksLikeAPartOfABlock(string line)
    {
        TrustBundle.TryParse(Encoding.UTF8.GetBytes($"{s_one.Pem}{line}\n"), null, out _, out TrustBundleError error).Should().BeFalse();

        (error.Kind, error.Index).Should().Be((TrustBundleErrorKind.MalformedBlock, 2));
    }

    // The fault: an object for each line, 24 bytes for one line feed.
    [Theory]
    [InlineData("\n")]
    [InlineData("---\n")]
    [InlineData("Server certificate\n")]
    public void Read_AllocatesNothingForALine(string line)
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

    private static string EndOf(string begin) => begin.Replace("BEGIN", "END", StringComparison.Ordinal)
        .Replace("Begin", "End", StringComparison.Ordinal).Replace("begin", "end", StringComparison.Ordinal);
}
