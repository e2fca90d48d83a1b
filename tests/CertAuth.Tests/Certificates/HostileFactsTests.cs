using CertAuth.Certificates;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Certificates;

/// <summary>Attacks on the facts of an unverified certificate: no byte of it causes an exception or unbounded work.</summary>
public sealed class HostileFactsTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(
        TestName.Of(("CN", "ca")), new() { Key = TestKey.Fixed(TestKeyType.Rsa2048, 1) });

    [Fact]
    public void Facts_NeverThrow_WhenAByteIsChanged()
    {
        byte[] der = s_ca.IssueClient(TestName.Of(("CN", "alice")), TestSan.Uri("spiffe://example/alice")).Der.ToArray();
        int parsed = 0;

        for (int i = 0; i < der.Length; i++)
        {
            foreach (byte value in (byte[])[0, 0x7F, 0x80, 0xFF, (byte)(der[i] ^ 1)])
            {
                byte[] mutated = [.. der];
                mutated[i] = value;
                parsed += ReadFacts(mutated) ? 1 : 0;
            }
        }

        parsed.Should().BeGreaterThan(100, "otherwise the test is not meaningful");
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void GetExtendedKeyUsages_ReadsOnlyObjectIdentifiersOfLimitedLength(int length, bool isParsed)
    {
        byte[] oid = [.. Enumerable.Repeat((byte)0xFF, length - 1), 1];
        TestCertificate certificate = s_ca.Issue(new()
        {
            Subject = TestName.Of(("CN", "alice")),
            Extensions = [new("2.5.29.37", critical: false, Sequence(Tlv(6, oid)))],
            ExtendedKeyUsages = [],
        });

        ParsedCertificate.TryParse(certificate.Der.Span, out ParsedCertificate? parsed, out _).Should().Be(isParsed);
        (parsed?.GetExtendedKeyUsages().Length).Should().Be(isParsed ? 1 : null);
    }

    private static bool ReadFacts(byte[] der)
    {
        if (!ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _))
            return false;
        _ = $"{certificate.SignatureAlgorithm} {certificate.SignatureAlgorithm.HasWeakHash} {certificate.PublicKey} {certificate.Version}";
        _ = $"{certificate.IsCertificateAuthority} {string.Join(' ', certificate.GetExtendedKeyUsages())}";
        _ = string.Join(' ', certificate.GetSubjectAlternativeNames());
        _ = certificate.TryGetSubject(out _, out _) && certificate.TryGetIssuer(out _, out _);
        return true;
    }
}
