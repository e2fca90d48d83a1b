using CertAuth.Der;

namespace CertAuth.Tests.Der;

/// <summary>The bytes of the named object identifiers are those of the dotted forms in the standards.</summary>
public sealed class NamedOidTests
{
    public static TheoryData<byte[], string> Names => new()
    {
        { KeyOids.RsaEncryption.ToArray(), "1.2.840.113549.1.1.1" },
        { KeyOids.EcPublicKey.ToArray(), "1.2.840.10045.2.1" },
        { KeyOids.Dsa.ToArray(), "1.2.840.10040.4.1" },
        { KeyOids.Ed25519.ToArray(), "1.3.101.112" },
        { KeyOids.Ed448.ToArray(), "1.3.101.113" },
        { CurveOids.P256.ToArray(), "1.2.840.10045.3.1.7" },
        { CurveOids.P384.ToArray(), "1.3.132.0.34" },
        { CurveOids.P521.ToArray(), "1.3.132.0.35" },
        { SignatureOids.RsaMd2.ToArray(), "1.2.840.113549.1.1.2" },
        { SignatureOids.RsaMd5.ToArray(), "1.2.840.113549.1.1.4" },
        { SignatureOids.RsaSha1.ToArray(), "1.2.840.113549.1.1.5" },
        { SignatureOids.RsaPss.ToArray(), "1.2.840.113549.1.1.10" },
        { SignatureOids.RsaSha256.ToArray(), "1.2.840.113549.1.1.11" },
        { SignatureOids.RsaSha384.ToArray(), "1.2.840.113549.1.1.12" },
        { SignatureOids.RsaSha512.ToArray(), "1.2.840.113549.1.1.13" },
        { SignatureOids.RsaSha224.ToArray(), "1.2.840.113549.1.1.14" },
        { SignatureOids.EcdsaSha1.ToArray(), "1.2.840.10045.4.1" },
        { SignatureOids.EcdsaSha224.ToArray(), "1.2.840.10045.4.3.1" },
        { SignatureOids.EcdsaSha256.ToArray(), "1.2.840.10045.4.3.2" },
        { SignatureOids.EcdsaSha384.ToArray(), "1.2.840.10045.4.3.3" },
        { SignatureOids.EcdsaSha512.ToArray(), "1.2.840.10045.4.3.4" },
        { SignatureOids.DsaSha1.ToArray(), "1.2.840.10040.4.3" },
        { SignatureOids.DsaSha224.ToArray(), "2.16.840.1.101.3.4.3.1" },
        { SignatureOids.DsaSha256.ToArray(), "2.16.840.1.101.3.4.3.2" },
        { HashOids.Md5.ToArray(), "1.2.840.113549.2.5" },
        { HashOids.Sha1.ToArray(), "1.3.14.3.2.26" },
        { HashOids.Sha256.ToArray(), "2.16.840.1.101.3.4.2.1" },
        { HashOids.Sha384.ToArray(), "2.16.840.1.101.3.4.2.2" },
        { HashOids.Sha512.ToArray(), "2.16.840.1.101.3.4.2.3" },
        { HashOids.Sha224.ToArray(), "2.16.840.1.101.3.4.2.4" },
        { HashOids.Mgf1.ToArray(), "1.2.840.113549.1.1.8" },
        { KeyPurposeOids.Any.ToArray(), "2.5.29.37.0" },
        { KeyPurposeOids.ServerAuth.ToArray(), "1.3.6.1.5.5.7.3.1" },
        { KeyPurposeOids.ClientAuth.ToArray(), "1.3.6.1.5.5.7.3.2" },
        { AttributeOids.EmailAddress.ToArray(), "1.2.840.113549.1.9.1" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_AreThoseOfTheDottedForm(byte[] content, string dotted) => DerOid.Format(content).Should().Be(dotted);

    [Theory]
    [InlineData("2.5.29.14", 14)]
    [InlineData("2.5.29.37", 37)]
    [InlineData("2.5.29.9", 9)]
    [InlineData("2.5.29", 0)]
    [InlineData("2.5.29.17.1", 0)]
    [InlineData("2.5.29.145", 0)]
    [InlineData("2.5.4.17", 0)]
    [InlineData("1.3.6.1.5.5.7.1.1", 0)]
    public void Find_ReturnsTheLastArcBelowIdCe(string dotted, int lastArc) =>
        ExtensionOids.Find(DerOid.ParseOrNull(dotted)).Should().Be((ExtensionOid)lastArc);
}
