using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>The work that a peer's certificates cause is bounded, and the verification does not throw.</summary>
public sealed class HostileChainTests(ITestOutputHelper output)
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));

    // The name is nearly as long as TrustBounds.MaxFoldedNameBytes.
    private static readonly TestName s_hugeName = CreateName(165);

    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_FindsTheIssuer_WhenFortyOthersHaveTheSameName(bool withKeyIdentifiers)
    {
        TestCertificateAuthorityOptions options = new() { SubjectKeyIdentifier = withKeyIdentifiers };
        TestCertificateAuthority right = s_root.IssueIntermediate(s_subName, options);
        TestCertificateAuthority twin = right;
        ReadOnlyMemory<byte>[] junk = [.. Enumerable.Range(0, 40).Select(_ => (twin = twin.Rotate()).Der)];

        AssertBounded(RejectionReason.None, right.IssueClient(s_alice).Der, [.. junk, right.Der]);
    }

    [Fact]
    public void TryVerify_IgnoresJunkCertificates()
    {
        ReadOnlyMemory<byte>[] junk = [.. Enumerable.Range(0, 63).Select(i => (ReadOnlyMemory<byte>)Junk(i, 65_536))];
        TestCertificate leaf = s_root.IssueClient(s_alice);

        AssertBounded(RejectionReason.None, leaf.Der, junk);
        AssertBounded(RejectionReason.UntrustedIssuer, s_stranger.IssueClient(s_alice).Der, junk);
    }

    [Fact]
    public void TryVerify_RejectsLargeCertificates()
    {
        byte[] large = new byte[200 * 1024];
        TestExtension padding = new("1.2.3", false, large);
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, Extensions = [padding] });
        TestCertificateAuthority sub = s_root.IssueIntermediate(s_subName, new() { Extensions = [padding] });

        AssertBounded(RejectionReason.CertificateTooLarge, leaf.Der, []);
        AssertBounded(RejectionReason.UntrustedIssuer, sub.IssueClient(s_alice).Der, [.. Enumerable.Repeat(sub.Der, 63)]);
    }

    [Fact]
    public void TryVerify_IsBounded_WhenCertificatesFormALoop()
    {
        TestCertificateAuthority a = TestCertificateAuthority.Create(TestName.Of(("CN", "a")));
        TestCertificateAuthority b = TestCertificateAuthority.Create(TestName.Of(("CN", "b")));
        TestCertificateAuthority aByB = b.CrossSign(a), bByA = a.CrossSign(b);
        TestCertificate leaf = a.IssueClient(s_alice);

        AssertBounded(RejectionReason.UntrustedIssuer, leaf.Der, [aByB.Der, bByA.Der]);
        AssertBounded(RejectionReason.UntrustedIssuer, leaf.Der, [a.Der, a.Der, aByB.Der, bByA.Der, b.Der]);
        AssertBounded(RejectionReason.None, leaf.Der, [a.Der, aByB.Der, bByA.Der, b.Der, s_root.CrossSign(b).Der]);
    }

    [Theory]
    [InlineData(1, RejectionReason.PathSearchExhausted)]
    [InlineData(165, RejectionReason.PathSearchExhausted)]
    [InlineData(1000, RejectionReason.UntrustedIssuer)]
    public void TryVerify_IsBounded_WhenCrossCertificatesFormAMaze(int attributes, RejectionReason expected)
    {
        TestName name = CreateName(attributes);
        TestCertificateAuthority strict = TestCertificateAuthority.Create(TestName.Of(("CN", "strict")), new() { PathLength = 0 });
        TestCertificateAuthority[] cas = [.. Enumerable.Range(0, 8).Select(_ => TestCertificateAuthority.Create(name))];
        ReadOnlyMemory<byte>[] maze = [.. cas.SelectMany(i => cas.Where(s => s != i).Select(s => i.CrossSign(s).Der))];
        TestCertificate leaf = cas[0].IssueClient(s_alice);

        AssertBounded(RejectionReason.UntrustedIssuer, leaf.Der, maze, strict.Certificate);
        AssertBounded(expected, leaf.Der, [strict.CrossSign(cas[7]).Der, .. maze], strict.Certificate);
    }

    [Fact]
    public void TryVerify_IsBounded_WhenManyAnchorsHaveTheSameName()
    {
        TestCertificateAuthority ca = s_root;
        TestCertificate[] twins = [.. Enumerable.Range(0, 200).Select(_ => (ca = ca.Rotate()).Certificate)];
        TestCertificate leaf = ca.Rotate().Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });

        AssertBounded(RejectionReason.PathSearchExhausted, leaf.Der, [], twins);
    }

    [Theory]
    [InlineData("dns")]
    [InlineData("long dns")]
    [InlineData("email")]
    [InlineData("uri")]
    [InlineData("ip")]
    [InlineData("dir")]
    [InlineData("many dir")]
    [InlineData("huge subject")]
    public void TryVerify_IsBounded_WhenNamesAndConstraintsAreMany(string kind)
    {
        (byte[] subtree, byte[] name, int names) = Bomb(kind);
        TestCertificateAuthorityOptions constrained = new()
        {
            Extensions = [new("2.5.29.30", true, Sequence(Tlv(0xA1, [.. Enumerable.Range(0, 1024).SelectMany(_ => Sequence(subtree))])))],
        };
        TestCertificateRequest request = new()
        {
            Subject = kind == "huge subject" ? s_hugeName : s_alice,
            Extensions = name.Length == 0 ? [] : [new("2.5.29.17", false, Sequence([.. Enumerable.Range(0, names).SelectMany(_ => name)]))],
        };
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_subName, constrained);
        TestCertificateAuthority[] subs = [.. Enumerable.Range(0, 20).Select(_ => s_root.IssueIntermediate(s_subName, constrained))];
        TestCertificateAuthority below = s_root;
        for (int i = 0; i < TrustBounds.MaxIntermediates; i++)
            below = below.IssueIntermediate(s_subName, constrained);

        AssertBounded(null, root.Issue(request).Der, [], root.Certificate);
        AssertBounded(null, subs[^1].Issue(request).Der, [.. subs.Select(s => s.Der)]);
        TestCertificate deep = below.Issue(request);
        AssertBounded(null, deep.Der, deep.Chain);
    }

    [Theory]
    [InlineData(165, RejectionReason.PathSearchExhausted)]
    [InlineData(1000, RejectionReason.UntrustedIssuer)]
    [InlineData(5000, RejectionReason.UntrustedIssuer)]
    public void TryVerify_IsBounded_WhenNamesAreHuge(int attributes, RejectionReason expected)
    {
        TestName name = CreateName(attributes);
        TestCertificateAuthority ca = s_root.IssueIntermediate(name);
        TestCertificateAuthority twin = ca;
        ReadOnlyMemory<byte>[] genuine = [.. Enumerable.Range(0, 63).Select(_ => (twin = twin.Rotate()).Der)];
        TestCertificate stranger = TestCertificateAuthority.Create(name).Issue(new() { Subject = name });

        AssertBounded(expected, stranger.Der, genuine);
        AssertBounded(RejectionReason.UntrustedIssuer, stranger.Der, genuine, s_stranger.Certificate);
    }

    private void AssertBounded(
        RejectionReason? expected, ReadOnlyMemory<byte> leaf, IReadOnlyList<ReadOnlyMemory<byte>> sent, params TestCertificate[] anchors)
    {
        VerificationCost cost = VerificationCost.Measure(leaf, sent, anchors.Length == 0 ? [s_root.Certificate] : anchors);
        output.WriteLine($"{leaf.Length} + {sent.Sum(s => s.Length)} bytes: {cost}");
        cost.AssertIsBounded(expected);
    }

    private static TestName CreateName(int attributes) =>
        TestName.FromRdns([.. Enumerable.Range(0, attributes).Select(_ => new TestRdn(new TestNameAttribute("CN", "a")))]);

    // Returns a subtree, a name, and the number of such names that fit into a leaf of 128 KiB.
    private static (byte[] Subtree, byte[] Name, int Names) Bomb(string kind)
    {
        const int MaxNameBytes = CertificateBounds.MaxBytes - 2048;
        byte[] directory = Tlv(0xA4, s_hugeName.Encode());
        return kind switch
        {
            "dns" => (Tlv(0x82, "x"u8.ToArray()), Tlv(0x82, "a"u8.ToArray()), MaxNameBytes / 3),
            "long dns" => (Tlv(0x82, "x"u8.ToArray()), Tlv(0x82, [.. Enumerable.Repeat((byte)'a', MaxNameBytes - 8)]), 1),
            "email" => (Tlv(0x81, "x"u8.ToArray()), Tlv(0x81, "a@a"u8.ToArray()), MaxNameBytes / 5),
            "uri" => (Tlv(0x86, "x"u8.ToArray()), Tlv(0x86, [.. "a://"u8, .. Enumerable.Repeat((byte)'a', 1000)]), MaxNameBytes / 1010),
            "ip" => (Tlv(0x87, [1, 1, 1, 1, 255, 255, 255, 255]), Tlv(0x87, [2, 2, 2, 2]), MaxNameBytes / 6),
            "dir" => (Tlv(0xA4, Name((CommonName, "x"))), directory, MaxNameBytes / directory.Length),
            "many dir" => (Tlv(0xA4, Name((CommonName, "x"))), Tlv(0xA4, Name((CommonName, "y"))), MaxNameBytes / 16),
            "huge subject" => (Tlv(0xA4, Name((CommonName, "x"))), [], 0),
            _ => throw new ArgumentException(kind, nameof(kind)),
        };
    }

    private static byte[] Junk(int seed, int length)
    {
        byte[] junk = new byte[length];
        new Random(seed).NextBytes(junk);
        junk[0] = 0x30;
        return junk;
    }
}
