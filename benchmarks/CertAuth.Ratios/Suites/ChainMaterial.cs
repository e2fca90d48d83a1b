using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Ratios.Suites;

/// <summary>The verification of an RSA-2048 leaf below an RSA-2048 anchor, in a bundle with any number of anchors. Each method performs one
/// operation.</summary>
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
    private static readonly TestCertificateAuthority s_untrustedCa = Authority("untrusted", s_otherKey);

    // The same name and another key: rejected because of its signature, like a leaf of a CA that was rotated.
    private static readonly TestCertificateAuthority s_forger = s_root.Rotate();

    private static readonly byte[][] s_good = Leaves(s_root, GoodLeaves);
    private static readonly byte[][] s_untrusted = Leaves(s_untrustedCa, BadLeaves);
    private static readonly byte[][] s_forged = Leaves(s_forger, BadLeaves);
    private static readonly byte[][] s_expired = Leaves(s_root, BadLeaves, TimeProvider.System.GetUtcNow().AddMinutes(-1));
    private static readonly byte[] s_seen = Leaf(s_root, "seen before").Der.ToArray();

    // Each bundle has its own rings. A shared ring could return a leaf that the bundle has recently seen.
    private readonly Ring _good = new(s_good), _untrusted = new(s_untrusted), _forged = new(s_forged), _expired = new(s_expired);

    private readonly TrustBundle _bundle;
    private readonly X509Certificate2Collection _roots;
    private readonly X509Certificate2 _goodLeaf = X509CertificateLoader.LoadCertificate(s_seen);
    private readonly X509Certificate2 _untrustedLeaf = X509CertificateLoader.LoadCertificate(s_untrusted[0]);

    /// <summary>Creates material with a bundle of a number of anchors, with the issuer in the middle.</summary>
    internal ChainMaterial(int anchors)
    {
        TestCertificateAuthority[] authorities =
            [.. Enumerable.Range(0, anchors).Select(i => i == anchors / 2 ? s_root : Authority($"CA {i}", s_otherKey))];
        _bundle = Logins.Bundle(authorities);
        _roots = [.. authorities.Select(a => a.ToX509Certificate2())];
        foreach (byte[][] leaves in new[] { s_good, s_untrusted, s_forged, s_expired })
            CheckThatTheFirstIsNotCached(leaves);
        CheckReason(s_untrusted[0], RejectionReason.UntrustedIssuer);
        CheckReason(s_forged[0], RejectionReason.CertificateBadSignature);
        CheckReason(s_expired[0], RejectionReason.CertificateExpired);
    }

    internal bool VerifyFirst() => Verify(_good.Next());

    internal bool VerifySeenBefore() => Verify(s_seen);

    internal bool RejectUntrusted() => Verify(_untrusted.Next());

    internal bool RejectForged() => Verify(_forged.Next());

    internal bool RejectExpired() => Verify(_expired.Next());

    /// <summary>Verifies with .NET's X509Chain. Its certificates are loaded beforehand; loading would cost seven verifications.</summary>
    internal bool X509ChainBuild() => X509ChainPeer.Build(_goodLeaf, _roots);

    internal bool X509ChainRejectUntrusted() => X509ChainPeer.Build(_untrustedLeaf, _roots);

    private static TestCertificateAuthority Authority(string name, TestKey key) =>
        TestCertificateAuthority.Create(TestName.Of(("C", "NL"), ("O", "Example"), ("CN", name)), new() { Key = key });

    private static TestCertificate Leaf(TestCertificateAuthority authority, string name, DateTimeOffset? notAfter = null)
    {
        TestName subject = TestName.Of(("C", "NL"), ("O", "Example"), ("OU", "Databases"), ("CN", name));
        return authority.Issue(new() { Subject = subject, Key = s_leafKey, NotAfter = notAfter });
    }

    private bool Verify(byte[] leaf) => _bundle.TryVerify(leaf, [], out _, out _);

    // A cached result is the same object. With too few leaves, the figures would be wrong.
    private void CheckThatTheFirstIsNotCached(byte[][] leaves)
    {
        object before = Outcome(leaves[0]);
        object again = Outcome(leaves[0]);
        foreach (byte[] leaf in leaves.Skip(1))
            Verify(leaf);
        object afterwards = Outcome(leaves[0]);
        if (!ReferenceEquals(before, again) || ReferenceEquals(before, afterwards))
            throw new InvalidOperationException("The bundle caches more or fewer results than these benchmarks assume.");
    }

    private void CheckReason(byte[] leaf, RejectionReason reason)
    {
        _bundle.TryVerify(leaf, [], out _, out Rejection? rejection);
        Logins.Check(reason, rejection);
    }

    private object Outcome(byte[] leaf) =>
        _bundle.TryVerify(leaf, [], out VerifiedCertificate? verified, out Rejection? rejection) ? verified : rejection;

    private static byte[][] Leaves(TestCertificateAuthority authority, int count, DateTimeOffset? notAfter = null) =>
        [.. Enumerable.Range(0, count).Select(i => Leaf(authority, $"user {i}", notAfter).Der.ToArray())];

    private sealed class Ring(byte[][] leaves)
    {
        // The check used the first leaf last, so Next starts with the second. The counter is shared, so that threads get different leaves.
        private int _last;

        internal byte[] Next() => leaves[(uint)Interlocked.Increment(ref _last) % (uint)leaves.Length];
    }
}
