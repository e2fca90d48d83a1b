using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tests.Names;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Certificates;

public sealed class ParsedCertificateTests
{
    private static readonly TsvFile s_rejected = new("CertAuth.Tests/Certificates/rejected-certificates.tsv");

    public static TheoryData<string> NameIds => NameVector.File.Ids;

    public static TheoryData<string> SanIds => SanVector.File.Ids;

    [Theory, MemberData(nameof(NameIds))]
    public void TryParse_ReadsNamesAsDotNetDoes(string id) => AssertAgreesWithDotNet(NameVector.File[id].DerB64);

    [Theory, MemberData(nameof(SanIds))]
    public void TryParse_ReadsSansAsDotNetDoes(string id) => AssertAgreesWithDotNet(SanVector.File[id].DerB64);

    [Fact]
    public void TryParse_RejectsNoCertificateThatDotNetLoads_UnlessItIsListed()
    {
        (string Id, byte[] Der)[] all =
        [
            .. NameVector.File.All.Select(vector => ($"names.json {vector.Id}", vector.DerB64)),
            .. SanVector.File.All.Select(vector => ($"sans.json {vector.Id}", vector.DerB64)),
        ];

        string[] loaded = [.. all.Where(item => IsLoadedByDotNet(item.Der)).Select(item => item.Id)];
        IEnumerable<string> rejected = all.Where(item => !ParsedCertificate.TryParse(item.Der, out _, out _)).Select(item => item.Id);

        loaded.Length.Should().BeGreaterThan(400, ".NET loads only {0} certificates of the vectors", loaded.Length);
        rejected.Intersect(loaded).Order(StringComparer.Ordinal).Should().Equal(s_rejected.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryParse_CopiesTheCertificate()
    {
        byte[] der = new CraftedCertificate().Encode();
        byte[] original = [.. der];

        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _));
        Array.Clear(der);

        certificate.Der.ToArray().Should().Equal(original);
        certificate.Sha256.ToArray().Should().Equal(SHA256.HashData(original));
    }

    [Fact]
    public void TryGetSubject_ReturnsFalse_WhenOnlyTheSubjectIsMalformed()
    {
        byte[] der = new CraftedCertificate { Subject = DerBytes.Name(DerBytes.Rdn()) }.Encode();

        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate, out _));
        certificate.TryGetSubject(out _, out NameError error).Should().BeFalse();
        error.Kind.Should().Be(NameErrorKind.EmptyRdn);
        Assert.True(certificate.TryGetIssuer(out DistinguishedName? issuer, out _));
        issuer.ToString().Should().Be("/CN=issuer");
    }

    [Fact]
    public void TryParse_NeverThrows_WhenTheCertificateIsMutated()
    {
        IEnumerable<byte[]> real = NameVector.File.All.Select(vector => vector.DerB64)
            .Concat(SanVector.File.All.Select(vector => vector.DerB64));
        byte[][] small = [.. real.Where(der => der.Length < 4096), new CraftedCertificate().Encode()];

        // The structure is in the first bytes, so most mutations change those.
        Gen<byte[]> mutated = from der in Gen.Elements(small)
                              from head in Gen.Choose(16, 300)
                              from start in NameGenerator.Mutated(der[..Math.Min(head, der.Length)])
                              select (byte[])[.. start, .. der[Math.Min(head, der.Length)..]];
        Prop.ForAll(mutated.ToArbitrary(), IsReadConsistently).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        Prop.ForAll(Gen.Elements(small).SelectMany(NameGenerator.Mutated).ToArbitrary(), IsReadConsistently)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
        Prop.ForAll<byte[]>(bytes => bytes is null || IsReadConsistently(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void TryParse_NeverThrows_WhenTheCertificateIsTruncatedOrOneByteDiffers()
    {
        byte[] der = new CraftedCertificate().Encode();

        Enumerable.Range(0, der.Length).Should().AllSatisfy(length =>
            ParsedCertificate.TryParse(der.AsSpan()[..length], out _, out _).Should().BeFalse());
        Enumerable.Range(0, der.Length).Should().AllSatisfy(at => IsReadConsistently([.. der[..at], (byte)~der[at], .. der[(at + 1)..]])
            .Should().BeTrue());
    }

    // Accepted and rejected bytes give consistent results. An exception fails the property.
    private static bool IsReadConsistently(byte[] bytes)
    {
        bool read = ParsedCertificate.TryParse(bytes, out ParsedCertificate? certificate, out CertificateError error);
        if (!read)
            return certificate is null && error.Kind != CertificateErrorKind.None
                && error.Index >= 0 && error.Index <= bytes.Length && error.ToString().Length > 0;

        certificate!.TryGetSubject(out DistinguishedName? subject, out _);
        certificate.TryGetIssuer(out _, out _);
        foreach (SubjectAlternativeName name in certificate.GetSubjectAlternativeNames())
            _ = name.Value + name;
        return certificate.Der.Span.SequenceEqual(bytes) && (subject is null || subject.MatchesDer(certificate.SubjectDer.Span));
    }

    private static void AssertAgreesWithDotNet(byte[] der)
    {
        bool read = ParsedCertificate.TryParse(der, out ParsedCertificate? ours, out CertificateError error);
        (error.Kind == CertificateErrorKind.None).Should().Be(read);
        if (!read || !IsLoadedByDotNet(der))
        {
            IsReadConsistently(der).Should().BeTrue();
            return;
        }

        using (X509Certificate2 theirs = X509CertificateLoader.LoadCertificate(der))
        {
            ours!.SubjectDer.ToArray().Should().Equal(theirs.SubjectName.RawData);
            ours.IssuerDer.ToArray().Should().Equal(theirs.IssuerName.RawData);
            ours.NotBefore.UtcDateTime.Should().Be(theirs.NotBefore.ToUniversalTime());
            ours.NotAfter.UtcDateTime.Should().Be(theirs.NotAfter.ToUniversalTime());
            ours.SerialNumber.ToArray().Should().Equal(theirs.SerialNumberBytes.ToArray());
            ours.Sha256.ToArray().Should().Equal(theirs.GetCertHash(HashAlgorithmName.SHA256));
            ours.Der.ToArray().Should().Equal(der);
        }
    }

    internal static bool IsLoadedByDotNet(byte[] der)
    {
        try
        {
            X509CertificateLoader.LoadCertificate(der).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
