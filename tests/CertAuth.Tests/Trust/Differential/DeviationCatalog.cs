namespace CertAuth.Tests.Trust.Differential;

/// <summary>The list of all deviations, and their random choice.</summary>
internal static class DeviationCatalog
{
    private static readonly string[] s_any =
    [
        "expired", "not-yet-valid", "last-second", "first-second", "corrupt-signature", "forged", "sha1", "no-ski", "no-aki", "wrong-aki",
        "unknown-critical", "unknown", "repeated-extension", "policies", "policy-constraints", "stranger-as-issuer", "issuer-in-capitals",
        "serial:0", "serial:-5",
        "v1", "empty-subject", "ku:none", "eku:server", "eku:any", "eku:any+client", "eku:client+server", "critical-eku",
    ];

    private static readonly string[] s_ca =
    [
        "no-ca", "no-bc", "ku:crl", "pathlen:0", "pathlen:1", "pathlen:2", "pathlen:9", "self-issued", "self-issued", "same-key",
        "p384", "eku:client",
        "eku:code", "ca-with-san", "noncritical-bc", "noncritical-nc",
    ];

    private static readonly string[] s_leaf = ["no-eku", "ku:encipher", "ku:agree", "ca", "bc-false", "bad-san", "eku:code"];

    private static readonly string[] s_names =
    [
        "dns:a.example.com", "dns:A.EXAMPLE.com", "dns:*.example.com", "dns:example.com", "dns:badexample.com", "dns:x.a.example.com",
        "dns:other.test",
        "dns:a_b.example.com", "dns:a.example.com.", "email:u@example.com", "email:U@example.com", "email:u@a.example.com",
        "email:u@other.test",
        "uri:https://a.example.com/x", "uri:https://example.com:443/", "uri:spiffe://example.com/w", "uri:https://10.1.2.3/", "uri:urn:x:y",
        "uri:https://u@a.example.com/", "uri:https://u@a.example.com/", "uri:https://u@a.example.com/", "ip:10.1.2.3",
        "ip:192.168.0.1", "ip:2001:db8::1", "dir:C=US/O=Org", "dir:C=NL/O=Org", "dir:C=us/O=org", "rid:1",
        "other:1",
    ];

    private static readonly string[] s_subtrees =
    [
        "dns:example.com", "dns:.example.com", "dns:a.example.com", "dns:", "dns:other.test", "email:example.com", "email:.example.com",
        "email:u@example.com", "email:other.test", "uri:example.com", "uri:.example.com", "uri:a.example.com", "uri:other.test",
        "ip:10.0.0.0/8",
        "ip:10.1.2.3/32", "ip:0.0.0.0/0", "ip:2001:db8::/32", "dir:C=US", "dir:C=us", "dir:C=US/O=Org", "dir:C=NL", "dir:", "rid:1",
        "other:1",
    ];

    /// <summary>Chooses one deviation, or a name constraint of a CA with a name of the same kind in the leaf.</summary>
    internal static IEnumerable<Deviation> Pick(Random random, int depth)
    {
        int ca = random.Next(depth - 1);
        int leaf = depth - 1;
        switch (random.Next(9))
        {
            case 0 or 1:
                return [new(random.Next(depth), Choose(random, s_any))];
            case 2 or 3:
                return [new(ca, Choose(random, s_ca))];
            case 4:
                return [new(leaf, Choose(random, s_leaf))];
            case 5:
                return [new(leaf, "san:" + Choose(random, s_names))];
            case 6:
                return [new(Math.Max(1, ca), "self-issued"), new(random.Next(1, depth), "no-aki")];
            default:
                string subtree = Choose(random, s_subtrees);
                string kind = subtree[..(subtree.IndexOf(':', StringComparison.Ordinal) + 1)];
                string[] sameKind = [.. s_names.Where(name => name.StartsWith(kind, StringComparison.Ordinal))];
                string list = random.Next(3) == 0 ? "exclude:" : "permit:";
                return [new(ca, list + subtree), new(leaf, "san:" + Choose(random, sameKind))];
        }
    }

    private static string Choose(Random random, string[] list) => list[random.Next(list.Length)];
}
