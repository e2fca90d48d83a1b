using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;
using static CertAuth.Tests.Support.TestNameConstraints;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Malformed name constraints are rejected, and the number of subtrees and comparisons is limited.</summary>
public sealed class NameConstraintBoundsTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly byte[] s_base = Dns("example.com");

    public static TheoryData<string> Faults => [.. Malformed.Keys];

    private static Dictionary<string, byte[]> Malformed { get; } = new()
    {
        ["empty sequence"] = Sequence(),
        ["empty permitted"] = Sequence(Tlv(0xA0)),
        ["empty excluded"] = Sequence(Tlv(0xA1)),
        ["empty subtree"] = Sequence(Tlv(0xA0, Sequence())),
        ["minimum 0, which DER omits"] = Sequence(Tlv(0xA0, Sequence(s_base, Tlv(0x80, [0])))),
        ["minimum 1"] = Sequence(Tlv(0xA0, Sequence(s_base, Tlv(0x80, [1])))),
        ["maximum"] = Sequence(Tlv(0xA0, Sequence(s_base, Tlv(0x81, [1])))),
        ["excluded before permitted"] = Sequence(Part(0xA1, s_base), Part(0xA0, s_base)),
        ["repeated permitted"] = Sequence(Part(0xA0, s_base), Part(0xA0, s_base)),
        ["tag 2"] = Sequence(Part(0xA2, s_base)),
        ["primitive tag"] = Sequence(Part(0x80, s_base)),
        ["trailing data inside"] = Sequence(Part(0xA0, s_base), [5, 0]),
        ["trailing data after"] = [.. Sequence(Part(0xA0, s_base)), 5, 0],
        ["truncated"] = Sequence(Part(0xA0, s_base))[..^1],
        ["subtree without its sequence"] = Sequence(Tlv(0xA0, s_base)),
        ["universal tag as base"] = Sequence(Part(0xA0, Tlv(Ia5, Encode(Ia5, "example.com")))),
        ["constructed dNSName"] = Sequence(Part(0xA0, Tlv(0xA2, Encode(Ia5, "example.com")))),
        ["primitive directoryName"] = Sequence(Part(0xA0, Tlv(0x84, Name((CommonName, "a"))))),
        ["malformed directoryName"] = Sequence(Part(0xA0, Tlv(0xA4, Sequence(Rdn())))),
        ["trailing data in a directoryName"] = Sequence(Part(0xA0, Tlv(0xA4, Name((CommonName, "a")), [5, 0]))),
        ["unknown kind"] = Sequence(Part(0xA0, Tlv(0x89, [1]))),
        ["control character"] = Sequence(Part(0xA0, Dns("example\n.com"))),
        ["NUL"] = Sequence(Part(0xA0, Dns("example.com\0"))),
        ["byte over 127"] = Sequence(Part(0xA0, Tlv(0x82, [0xE9]))),
        ["1,025 permitted"] = Sequence(Part(0xA0, Many(TrustBounds.MaxSubtrees + 1))),
        ["1,025 excluded"] = Sequence(Part(0xA1, Many(TrustBounds.MaxSubtrees + 1))),
    };

    [Theory, MemberData(nameof(Faults))]
    public void TryVerify_RejectsMalformedConstraints(string fault)
    {
        foreach (bool critical in new[] { true, false })
        {
            TestExtension extension = new("2.5.29.30", critical, Malformed[fault]);
            TestCertificateAuthorityOptions options = new() { Extensions = [extension] };
            TestCertificateAuthority anchor = TestCertificateAuthority.Create(TestName.Of(("CN", "anchor")), options);
            TestCertificateAuthority sub = s_root.IssueIntermediate(TestName.Of(("CN", "sub")), options);

            NameConstraints.ReadOrNull(Malformed[fault]).Should().BeNull();
            Bundle(anchor.Certificate).VerifyChain(anchor.IssueClient(s_alice)).Should().Be(RejectionReason.CertificateMalformed);
            Bundle(s_root.Certificate).VerifyChain(sub.IssueClient(s_alice)).Should().Be(RejectionReason.CertificateMalformed);
        }
    }

    [Fact]
    public void ReadOrNull_AcceptsTheMaximumNumberOfSubtrees()
    {
        byte[][] many = Many(TrustBounds.MaxSubtrees);

        NameConstraints.ReadOrNull(Sequence(Part(0xA0, many), Part(0xA1, many))).Should().NotBeNull();
    }

    // The comparisons are counted for the whole search, with any number of constrained CAs.
    [Theory]
    [InlineData(100, RejectionReason.None)]
    [InlineData(5000, RejectionReason.NameConstraintViolated)]
    public void TryVerify_LimitsNameComparisons(int names, RejectionReason expected)
    {
        TestCertificateAuthority root = NameConstraintTests.Root(Excluded(Many(TrustBounds.MaxSubtrees)));
        TestSan[] sans = [.. Enumerable.Range(0, names).Select(i => TestSan.Dns($"n{i}.test"))];

        Bundle(root.Certificate).VerifyChain(root.IssueClient(s_alice, sans)).Should().Be(expected);
    }

    // Folding a name costs as much as many comparisons, so each name is folded once for all subtrees.
    [Fact]
    public void TryVerify_FoldsEachNameOnce_WhenThereAreTooManyDirectoryNames()
    {
        byte[][] subtrees = [.. Enumerable.Range(0, 1024).Select(i => NameConstraintRow.GeneralName("dir", $"/O=org {i}"))];
        TestCertificateAuthority root = NameConstraintTests.Root(Excluded(subtrees));
        TestSan name = NameConstraintRow.San(NameConstraintRow.GeneralName("dir", "/O=" + new string('x', 400)));
        TestSan[] sans = [.. Enumerable.Repeat(name, 260)];

        long before = GC.GetAllocatedBytesForCurrentThread();
        RejectionReason verdict = Bundle(root.Certificate).VerifyChain(root.IssueClient(s_alice, sans));

        verdict.Should().Be(RejectionReason.NameConstraintViolated);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeInRange(0, 64 * 1024 * 1024);
    }

    [Fact]
    public void TryVerify_LimitsNameComparisons_AcrossAllIssuersOfAPath()
    {
        TestCertificateAuthority root = NameConstraintTests.Root(), ca = root;
        TestCertificateAuthorityOptions options = new() { Extensions = [Excluded(Many(400))] };
        for (int i = 0; i < 10; i++)
            ca = ca.IssueIntermediate(TestName.Of(("CN", $"sub {i}")), options);
        TestSan[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => TestSan.Dns($"n{i}.test"))];

        Bundle(root.Certificate).VerifyChain(ca.IssueClient(s_alice, Names(10))).Should().Be(RejectionReason.None);
        Bundle(root.Certificate).VerifyChain(ca.IssueClient(s_alice, Names(100))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    private static byte[][] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Dns($"s{i}.example"))];
}
