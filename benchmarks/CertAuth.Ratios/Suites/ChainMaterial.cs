namespace CertAuth.Ratios.Suites;

/// <summary>The verification of an RSA-2048 leaf below an RSA-2048 anchor, in a bundle with any number of anchors.</summary>
/// <remarks>A leaf "for the first time" is from a ring of more leaves than the bundle caches (1,024 acceptances, 256 rejections), so that
/// each is no longer cached when it is repeated. The leaves differ only in name and serial number. Generating a key for each would take
/// minutes and change nothing, because the leaf's key is never used.</remarks>
internal sealed class ChainMaterial
{
    // Twice the size of the cache.
    private const int GoodLeaves = 2048, BadLeaves = 512;

    private static readonly TestKey s_leafKey = TestKey.Create(TestKeyType.Rsa2048);

    // One key for all anchors except the issuer. Their keys are not used, and RSA keys are slow to generate.
    private static readonly TestKey s_otherKey = TestKey.Create(TestKeyType.Rsa2048);
    private static readonly TestCertificateAuthority s_root = Authority("root", TestKey.Create(TestKeyType.Rsa2048));

    // Forged leaves have the same issuer name and another key: rejected because of the signature, like a leaf of a CA that was rotated.
    private static readonly byte[][] s_good = Leaves(s_root, GoodLeaves);
    private static readonly byte[][] s_untrusted = Leaves(Authority("untrusted", s_otherKey), BadLeaves);
    private static readonly byte[][] s_forged = Leaves(s_root.Rotate(), BadLeaves);
    private static readonly byte[][] s_expired = Leaves(s_root, BadLeaves, TimeProvider.System.GetUtcNow().AddMinutes(-1));
    private static readonly byte[] s_seen = Leaf(s_root, "seen before").Der.ToArray();

    // Each bundle has its own rings. A shared ring could return a leaf that the bundle has recently seen.
    internal readonly Ring Good = new(s_good), Untrusted = new(s_untrusted), Forged = new(s_forged), Expired = new(s_expired);
    internal readonly byte[] Seen = s_seen;
    internal readonly X509Certificate2 GoodLeaf = X509CertificateLoader.LoadCertificate(s_seen);
    internal readonly X509Certificate2 UntrustedLeaf = X509CertificateLoader.LoadCertificate(s_untrusted[0]);

    private readonly TrustBundle _bundle;
    private readonly X509Certificate2Collection _roots;

    /// <summary>Creates material with a bundle of a number of anchors, with the issuer in the middle.</summary>
    internal ChainMaterial(int anchors)
    {
        TestCertificateAuthority[] authorities =
            [.. Enumerable.Range(0, anchors).Select(i => i == anchors / 2 ? s_root : Authority($"CA {i}", s_otherKey))];
        _bundle = Logins.Bundle(authorities);
        _roots = [.. authorities.Select(a => a.ToX509Certificate2())];
        Check(s_good, RejectionReason.None);
        Check(s_untrusted, RejectionReason.UntrustedIssuer);
        Check(s_forged, RejectionReason.CertificateBadSignature);
        Check(s_expired, RejectionReason.CertificateExpired);
    }

    internal bool Verify(byte[] leaf) => _bundle.TryVerify(leaf, [], out _, out _);

    /// <summary>Verifies with .NET's X509Chain. Its certificates are loaded beforehand; loading would cost seven verifications.</summary>
    internal bool Build(X509Certificate2 leaf) => X509ChainPeer.Build(leaf, _roots);

    private static TestCertificateAuthority Authority(string name, TestKey key) =>
        TestCertificateAuthority.Create(TestName.Of(("C", "NL"), ("O", "Example"), ("CN", name)), new() { Key = key });

    private static TestCertificate Leaf(TestCertificateAuthority authority, string name, DateTimeOffset? notAfter = null)
    {
        TestName subject = TestName.Of(("C", "NL"), ("O", "Example"), ("OU", "Databases"), ("CN", name));
        return authority.Issue(new() { Subject = subject, Key = s_leafKey, NotAfter = notAfter });
    }

    private static byte[][] Leaves(TestCertificateAuthority authority, int count, DateTimeOffset? notAfter = null) =>
        [.. Enumerable.Range(0, count).Select(i => Leaf(authority, $"user {i}", notAfter).Der.ToArray())];

    // A cached result is the same object. With too few leaves, the figures would be wrong.
    private void Check(byte[][] leaves, RejectionReason expected)
    {
        object before = Decide(leaves[0]);
        object again = Decide(leaves[0]);
        foreach (byte[] leaf in leaves.Skip(1))
            Decide(leaf);
        object afterwards = Decide(leaves[0]);
        Logins.Check(expected, afterwards as Rejection);
        if (!ReferenceEquals(before, again) || ReferenceEquals(before, afterwards))
            throw new InvalidOperationException("The bundle caches more or fewer results than these benchmarks assume.");
    }

    private object Decide(byte[] leaf) =>
        _bundle.TryVerify(leaf, [], out VerifiedCertificate? verified, out Rejection? rejection) ? verified : rejection;

    internal sealed class Ring(byte[][] leaves)
    {
        // The check used the first leaf last, so Next starts with the second. The counter is shared, so that threads get different leaves.
        private int _last;

        internal byte[] Next() => leaves[(uint)Interlocked.Increment(ref _last) % (uint)leaves.Length];
    }
}
