using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>Creates the certificates of a plan with keys from a small pool.</summary>
internal static class ChainBuilder
{
    private const int Keys = 12;

    // One CA for each key. The names in the certificates that it issues come from the request.
    private static readonly TestCertificateAuthority[] s_signers =
        [.. Enumerable.Range(0, Keys).Select(_ => TestCertificateAuthority.Create(TestName.Of(("CN", "signer"))))];

    private static readonly TestCertificateAuthority s_signer384 =
        TestCertificateAuthority.Create(TestName.Of(("CN", "signer")), new() { KeyType = TestKeyType.P384 });

    internal static BuiltChain Build(ChainPlan plan)
    {
        int depth = plan.Depth;
        TestCertificateAuthority[] signers = new TestCertificateAuthority[depth];
        (string Type, string Value)[][] subjects = new (string, string)[depth][];
        TestCertificate[] certificates = new TestCertificate[depth];
        for (int i = 0; i < depth; i++)
        {
            int above = Math.Max(i - 1, 0);
            string[] deviations = [.. plan.Deviations.Where(o => o.Position == i).Select(o => o.What)];
            signers[i] = deviations.Contains("p384") ? s_signer384
                : i > 0 && i < depth - 1 && deviations.Contains("same-key") ? signers[i - 1]
                : s_signers[(plan.Number + i) % Keys];
            subjects[i] = deviations.Contains("empty-subject") ? []
                : i > 0 && i < depth - 1 && deviations.Contains("self-issued") ? subjects[i - 1]
                : [("C", "US"), ("O", "Org"), ("CN", i == depth - 1 ? $"alice {plan.Number}" : $"ca {plan.Number} {i}")];

            (string Type, string Value)[] issuer = deviations.Contains("stranger-as-issuer") ? [("CN", $"stranger {plan.Number}")]
                : deviations.Contains("issuer-in-capitals") ? [.. subjects[above].Select(a => (a.Type, a.Value.ToUpperInvariant()))]
                : subjects[above];
            TestCertificateAuthority signer = deviations.Contains("forged") ? s_signers[(plan.Number + i + 5) % Keys] : signers[above];
            TestCertificateRequest request = (i == depth - 1 ? Leaf(deviations) : Ca(deviations)) with
            {
                Subject = TestName.Of(subjects[i]),
                Issuer = TestName.Of(issuer),
                Key = signers[i].Key,
                AuthorityKeyIdentifier = i > 0 && !deviations.Contains("no-aki") && !deviations.Contains("wrong-aki"),
                SerialNumber = i + 1,
                NotBefore = ChainPlan.Now.AddDays(-30),
                NotAfter = ChainPlan.Now.AddDays(30),
            };
            certificates[i] = signer.Issue(Common(request, deviations));
        }

        return new(certificates[0], [.. certificates[1..^1].Reverse()], certificates[^1]);
    }

    private static TestCertificateRequest Ca(string[] deviations)
    {
        TestCertificateRequest ca = new()
        {
            Subject = TestName.Of(),
            IsCa = true,
            KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            ExtendedKeyUsages = [],
        };
        foreach (string deviation in deviations)
        {
            ca = deviation switch
            {
                "no-ca" => ca with { IsCa = false, PathLength = null },
                "no-bc" => ca with { IsCa = null },
                "ku:crl" => ca with { KeyUsage = X509KeyUsageFlags.CrlSign },
                "ca-with-san" => ca with { Sans = [TestSan.Dns("ca.other.test")] },
                "noncritical-bc" =>
                    ca with { IsCa = null, Extensions = [.. ca.Extensions, new("2.5.29.19", false, Sequence(Tlv(1, [0xFF])))] },
                _ when deviation.StartsWith("pathlen:", StringComparison.Ordinal) => ca with { PathLength = deviation[^1] - '0' },
                _ => ca,
            };
        }

        byte[] permitted = Subtrees(deviations, "permit:");
        byte[] excluded = Subtrees(deviations, "exclude:");
        if (permitted.Length + excluded.Length == 0)
            return ca;

        byte[] constraints = Sequence(permitted.Length > 0 ? Tlv(0xA0, permitted) : [], excluded.Length > 0 ? Tlv(0xA1, excluded) : []);
        return ca with { Extensions = [.. ca.Extensions, new("2.5.29.30", !deviations.Contains("noncritical-nc"), constraints)] };
    }

    private static TestCertificateRequest Leaf(string[] deviations)
    {
        TestCertificateRequest leaf = new() { Subject = TestName.Of() };
        foreach (string deviation in deviations)
        {
            leaf = deviation switch
            {
                "no-eku" => leaf with { ExtendedKeyUsages = [] },
                "ku:encipher" => leaf with { KeyUsage = X509KeyUsageFlags.KeyEncipherment },
                "ku:agree" => leaf with { KeyUsage = X509KeyUsageFlags.KeyAgreement },
                "ca" => leaf with { IsCa = true },
                "bc-false" => leaf with { IsCa = false },
                "bad-san" => leaf with { Extensions = [new("2.5.29.17", false, Sequence(Tlv(0x82, [0xC3, 0xA9])))] },
                _ when deviation.StartsWith("san:", StringComparison.Ordinal) && !deviations.Contains("v1") =>
                    leaf with { Sans = [.. leaf.Sans, San(deviation[4..])] },
                _ => leaf,
            };
        }

        return leaf;
    }

    private static TestCertificateRequest Common(TestCertificateRequest request, string[] deviations)
    {
        foreach (string deviation in deviations)
        {
            request = deviation switch
            {
                "expired" => request with { NotAfter = ChainPlan.Now.AddSeconds(-1) },
                "not-yet-valid" => request with { NotBefore = ChainPlan.Now.AddSeconds(1) },
                "last-second" => request with { NotAfter = ChainPlan.Now },
                "first-second" => request with { NotBefore = ChainPlan.Now },
                "corrupt-signature" => request with { CorruptSignature = true },
                "sha1" => request with { SignatureHash = HashAlgorithmName.SHA1 },
                "no-ski" => request with { SubjectKeyIdentifier = false },
                "wrong-aki" => With(request, new("2.5.29.35", false, Sequence(Tlv(0x80, new byte[20])))),
                "unknown-critical" => With(request, new("1.2.3", true, [5, 0])),
                "unknown" => With(request, new("1.2.3", false, [5, 0])),
                "repeated-extension" => With(With(request, new("1.2.4", false, [5, 0])), new("1.2.4", false, [5, 0])),
                "policies" => With(request, new("2.5.29.32", true, Sequence(Sequence(Oid("1.2.3.4"))))),
                "policy-constraints" => With(request, new("2.5.29.36", true, Sequence(Tlv(0x80, [0])))),
                "serial:0" => request with { SerialNumber = 0 },
                "serial:-5" => request with { SerialNumber = -5 },
                "v1" => request with { Version = TestCertificateVersion.V1, Extensions = [], Sans = [] },
                "ku:none" => request with { KeyUsage = null },
                "eku:server" => request with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] },
                "eku:client" => request with { ExtendedKeyUsages = [TestCertificateRequest.ClientAuth] },
                "eku:any" => request with { ExtendedKeyUsages = ["2.5.29.37.0"] },
                "eku:code" => request with { ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.3"] },
                "eku:any+client" => request with { ExtendedKeyUsages = ["2.5.29.37.0", TestCertificateRequest.ClientAuth] },
                "eku:client+server" =>
                    request with { ExtendedKeyUsages = [TestCertificateRequest.ClientAuth, TestCertificateRequest.ServerAuth] },
                "critical-eku" =>
                    With(request with { ExtendedKeyUsages = [] }, new("2.5.29.37", true, Sequence(Oid(TestCertificateRequest.ClientAuth)))),
                _ => request,
            };
        }

        return request;
    }

    private static TestCertificateRequest With(TestCertificateRequest request, TestExtension extension) =>
        request.Version == TestCertificateVersion.V1 ? request : request with { Extensions = [.. request.Extensions, extension] };

    private static byte[] Subtrees(string[] deviations, string side) =>
    [
        .. deviations.Where(o => o.StartsWith(side, StringComparison.Ordinal)).SelectMany(o => Sequence(Subtree(o[side.Length..]))),
    ];

    private static byte[] Subtree(string text) => text.Split(':', 2) switch
    {
        ["ip", var value] => Tlv(0x87, Network(value)),
        ["dir", ""] => Tlv(0xA4, Sequence()),
        _ => GeneralName(text),
    };

    private static TestSan San(string text)
    {
        byte[] encoded = text.Split(':', 2) is ["ip", var address]
            ? Tlv(0x87, IPAddress.Parse(address).GetAddressBytes())
            : GeneralName(text);
        return TestSan.Raw(encoded[0], encoded[2..]);
    }

    // All names are shorter than 128 bytes.
    private static byte[] GeneralName(string text) => text.Split(':', 2) switch
    {
        ["dns", var value] => Tlv(0x82, Encoding.ASCII.GetBytes(value)),
        ["email", var value] => Tlv(0x81, Encoding.ASCII.GetBytes(value)),
        ["uri", var value] => Tlv(0x86, Encoding.ASCII.GetBytes(value)),
        ["dir", var value] =>
            Tlv(0xA4, TestName.Of([.. value.Split('/').Select(part => (part.Split('=')[0], part.Split('=')[1]))]).Encode()),
        ["rid", _] => Tlv(0x88, [0x2A, 3]),
        ["other", _] => Tlv(0xA0, Oid("1.2.3"), Tlv(0xA0, Tlv(0x0C, "x"u8.ToArray()))),
        _ => throw new ArgumentException($"Unknown kind of name: {text}", nameof(text)),
    };

    private static byte[] Network(string text)
    {
        string[] parts = text.Split('/');
        byte[] address = IPAddress.Parse(parts[0]).GetAddressBytes();
        byte[] mask = new byte[address.Length];
        for (int bit = 0; bit < int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture); bit++)
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return [.. address, .. mask];
    }
}
