using static CertAuth.Tests.Support.TestNameConstraints;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Name constraints (RFC 5280, 4.2.1.10): the verdict on each row of <c>name-constraints.tsv</c>, and the effect of constraints in
/// a path.</summary>
public sealed class NameConstraintTests
{
    private static readonly TestKey s_key = TestKey.Create();
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_rootName = TestName.Of(("CN", "root"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly byte[] s_inside = Part(0xA0, Dns("example.com"));
    private static readonly byte[] s_allExcluded = Part(0xA1, Dns(""));

    public static TheoryData<string> Rows => [.. NameConstraintRow.All.Keys];

    [Theory, MemberData(nameof(Rows))]
    public void TryVerify_AgreesWithTheRow_WhenTheSubtreeIsPermitted(string id) => AssertRow(NameConstraintRow.All[id], excluded: false);

    [Theory, MemberData(nameof(Rows))]
    public void TryVerify_AgreesWithTheRow_WhenTheSubtreeIsExcluded(string id) => AssertRow(NameConstraintRow.All[id], excluded: true);

    [Fact]
    public void Rows_AreAtLeastNinety() => NameConstraintRow.All.Count.Should().BeGreaterThanOrEqualTo(90);

    [Fact]
    public void TryVerify_DoesNotConstrainOtherKindsOfName()
    {
        TestCertificateAuthority root = Root(Permitted(Dns("example.com")));
        TestSan[] others =
        [
            TestSan.Email("u@other.test"), TestSan.Uri("urn:a"), TestSan.Ip(new([10, 0, 0, 1])),
            .. new[] { ("dir", "/O=x"), ("other", "x"), ("rid", "1.2.3") }
                .Select(name => NameConstraintRow.San(NameConstraintRow.GeneralName(name.Item1, name.Item2))),
        ];

        Verify(root, root.IssueClient(s_alice, others)).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(s_alice, [.. others, TestSan.Dns("other.test")])).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Fact]
    public void TryVerify_ChecksEachNameOfTheLeaf()
    {
        TestCertificateAuthority root = Root(Of(Part(0xA0, Dns("example.com"), Dns("example.org")), Part(0xA1, Dns("secret.example.com"))));

        Verify(root, root.IssueClient(s_alice, TestSan.Dns("a.example.com"), TestSan.Dns("example.org"))).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(s_alice, TestSan.Dns("a.example.com"), TestSan.Dns("example.net")))
            .Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(s_alice, TestSan.Dns("x.secret.example.com"))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Fact]
    public void TryVerify_EnforcesConstraints_ThatAreNotCritical()
    {
        TestCertificateAuthority root = Root(NonCritical(s_inside));

        Verify(root, root.IssueClient(s_alice, TestSan.Dns("example.com"))).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(s_alice, TestSan.Dns("example.org"))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Theory]
    [InlineData("a.example.com", RejectionReason.None)]
    [InlineData("b.example.com", RejectionReason.NameConstraintViolated)]
    [InlineData("a.example.org", RejectionReason.NameConstraintViolated)]
    public void TryVerify_EnforcesConstraints_OfBothAnchorAndIntermediate(string name, RejectionReason expected)
    {
        TestCertificateAuthority wide = Root(Permitted(Dns("example.com")));
        TestCertificateAuthority narrow = Root(Permitted(Dns("a.example.com"), Dns("a.example.org")));
        TestCertificateAuthority below = wide.IssueIntermediate(s_subName, With(Permitted(Dns("a.example.com"), Dns("a.example.org"))));
        TestCertificateAuthority belowNarrow = narrow.IssueIntermediate(s_subName, With(Permitted(Dns("example.com"))));
        TestCertificateAuthority deeper = belowNarrow.IssueIntermediate(TestName.Of(("CN", "deeper")));

        Verify(wide, below.IssueClient(s_alice, TestSan.Dns(name))).Should().Be(expected);
        Verify(narrow, belowNarrow.IssueClient(s_alice, TestSan.Dns(name))).Should().Be(expected);
        Verify(narrow, deeper.IssueClient(s_alice, TestSan.Dns(name))).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_EnforcesConstraints_OfAnIntermediateOnly()
    {
        TestCertificateAuthority root = Root(), sub = root.IssueIntermediate(s_subName, With(Of(s_inside)));

        Verify(root, sub.IssueClient(s_alice, TestSan.Dns("example.com"))).Should().Be(RejectionReason.None);
        Verify(root, sub.IssueClient(s_alice, TestSan.Dns("example.org"))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    // RFC 5280, 6.1.3 (b): "self-issued and not the final certificate" is exempt.
    [Fact]
    public void TryVerify_ExemptsSelfIssuedIntermediates_ButNotTheLeaf()
    {
        TestExtension constraints = Permitted(NameConstraintRow.GeneralName("dir", "/CN=alice"));
        TestCertificateAuthority root = Root(constraints), rolledOver = root.IssueIntermediate(s_rootName);
        TestCertificateAuthority otherSub = root.IssueIntermediate(s_subName);

        Verify(root, rolledOver.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Verify(root, otherSub.IssueClient(s_alice)).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(s_rootName)).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, rolledOver.IssueClient(s_rootName)).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Fact]
    public void TryVerify_ConstrainsSubjectAndDirectoryNames()
    {
        TestCertificateAuthority root = Root(Permitted(NameConstraintRow.GeneralName("dir", "/O=Org")));
        TestName inside = TestName.Of(("O", "Org"), ("CN", "alice"));
        TestSan insideSan = NameConstraintRow.San(NameConstraintRow.GeneralName("dir", "/O=org/CN=x"));
        TestSan outsideSan = NameConstraintRow.San(NameConstraintRow.GeneralName("dir", "/O=Other"));

        Verify(root, root.IssueClient(inside)).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(inside, insideSan)).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(TestName.Of(), insideSan)).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(inside, outsideSan)).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(s_alice, insideSan)).Should().Be(RejectionReason.NameConstraintViolated);
    }

    // RFC 5280, 4.2.1.10 does not require this if there are alternative names. A requirement on the subject may depend on it, and OpenSSL
    // also checks it.
    [Fact]
    public void TryVerify_ConstrainsTheEmailAddressOfTheSubject_WhenThereAreAlternativeNames()
    {
        TestCertificateAuthority root = Root(Permitted(NameConstraintRow.GeneralName("email", "example.com")));
        TestName subject = TestName.Of(("CN", "alice"), ("emailAddress", "alice@other.test"));

        Verify(root, root.IssueClient(subject)).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(subject, TestSan.Dns("a.test"))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Fact]
    public void TryVerify_ChecksEachAddressOfTheSubject()
    {
        TestCertificateAuthority root = Root(Permitted(NameConstraintRow.GeneralName("email", "example.com")));
        TestNameAttribute good = new("emailAddress", "alice@example.com"), bad = new("emailAddress", "alice@other.test");
        TestNameAttribute hidden = new("emailAddress", "alice@other.test", TestStringType.Bmp);

        Verify(root, root.IssueClient(TestName.FromRdns(new TestRdn(good)))).Should().Be(RejectionReason.None);
        Verify(root, root.IssueClient(TestName.FromRdns(new TestRdn(good, bad)))).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(TestName.FromRdns(new TestRdn(good), new TestRdn(bad))))
            .Should().Be(RejectionReason.NameConstraintViolated);
        Verify(root, root.IssueClient(TestName.FromRdns(new TestRdn(hidden)))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    // An empty RDN ends the reading of the name. The address after it must not be ignored.
    [Fact]
    public void TryVerify_RejectsAnAddressAfterAMalformedAttribute()
    {
        TestCertificateAuthority root = Root(Permitted(NameConstraintRow.GeneralName("email", "example.com")));
        TestRdn address = new(new TestNameAttribute("emailAddress", "alice@other.test"));

        Verify(root, root.IssueClient(TestName.FromRdns(new TestRdn(), address))).Should().Be(RejectionReason.NameConstraintViolated);
    }

    [Fact]
    public void TryVerify_IgnoresConstraintsOfALeaf()
    {
        TestCertificateAuthority root = Root();
        TestCertificateRequest request = new() { Subject = s_alice, Extensions = [Of(s_allExcluded)], Sans = [TestSan.Dns("a.test")] };

        Verify(root, root.Issue(request)).Should().Be(RejectionReason.None);
    }

    internal static TestCertificateAuthority Root(params TestExtension[] extensions) =>
        TestCertificateAuthority.Create(s_rootName, With(extensions));

    private static TestCertificateAuthorityOptions With(params TestExtension[] extensions) => new() { Extensions = extensions };

    private static RejectionReason Verify(TestCertificateAuthority root, TestCertificate leaf) =>
        Bundle(root.Certificate).VerifyChain(leaf);

    private static void AssertRow(NameConstraintRow row, bool excluded)
    {
        TestCertificateAuthority root = Root(excluded ? Excluded(row.Base) : Permitted(row.Base));
        if (row.Kind == "dir" && !excluded)
            root = Root(Permitted(row.Base, NameConstraintRow.GeneralName("dir", "/CN=alice")));

        Verify(root, root.Issue(row.Request(s_key))).Should().Be(row.Expected(excluded));
    }
}
