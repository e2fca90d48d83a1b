using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tests.Names;
using CertAuth.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Certificates;

public sealed class ClientCertificateTests
{
    private static readonly ExceptionList s_refused = ExceptionList.Load("Certificates", "refused-certificates.tsv");

    public static TheoryData<string> NameIds => NameVector.File.Ids;

    public static TheoryData<string> SanIds => SanVector.File.Ids;

    [Theory, MemberData(nameof(NameIds))]
    public void TryRead_ReadsWhatDotNetReadsOfNames(string id) => AssertReadsAlike(NameVector.File[id].DerB64);

    [Theory, MemberData(nameof(SanIds))]
    public void TryRead_ReadsWhatDotNetReadsOfSans(string id) => AssertReadsAlike(SanVector.File[id].DerB64);

    [Fact]
    public void TryRead_RefusesOnlyListedCertificatesThatDotNetLoads()
    {
        (string Id, byte[] Der)[] all =
        [
            .. NameVector.File.All.Select(vector => ($"names.json {vector.Id}", vector.DerB64)),
            .. SanVector.File.All.Select(vector => ($"sans.json {vector.Id}", vector.DerB64)),
        ];

        string[] loaded = [.. all.Where(item => IsLoadedByDotNet(item.Der)).Select(item => item.Id)];
        IEnumerable<string> refused = all.Where(item => !ClientCertificate.TryRead(item.Der, out _, out _)).Select(item => item.Id);

        Assert.True(loaded.Length > 400, $"Only {loaded.Length} were loaded.");
        Assert.Equal(s_refused.Reasons.Keys.Order(StringComparer.Ordinal), refused.Intersect(loaded).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryRead_CopiesTheCertificate()
    {
        byte[] der = new CraftedCertificate().Encode();
        byte[] original = [.. der];

        Assert.True(ClientCertificate.TryRead(der, out ClientCertificate? certificate, out _));
        Array.Clear(der);

        Assert.Equal(original, certificate.Der.ToArray());
        Assert.Equal(SHA256.HashData(original), certificate.Sha256.ToArray());
    }

    [Fact]
    public void TryGetSubject_RefusesAMalformedNameAlone()
    {
        byte[] der = new CraftedCertificate { Subject = DerBytes.Name(DerBytes.Rdn()) }.Encode();

        Assert.True(ClientCertificate.TryRead(der, out ClientCertificate? certificate, out _));
        Assert.False(certificate.TryGetSubject(out _, out NameError error));
        Assert.Equal(NameErrorKind.EmptyRdn, error.Kind);
        Assert.True(certificate.TryGetIssuer(out DistinguishedName? issuer, out _));
        Assert.Equal("/CN=issuer", issuer.ToString());
    }

    [Fact]
    public void TryRead_NeverThrowsForMutatedCertificates()
    {
        IEnumerable<byte[]> real = NameVector.File.All.Select(vector => vector.DerB64)
            .Concat(SanVector.File.All.Select(vector => vector.DerB64));
        byte[][] small = [.. real.Where(der => der.Length < 4096), new CraftedCertificate().Encode()];

        // The structure stands in the first octets, and so most mutations should, too.
        Gen<byte[]> mutated = from der in Gen.Elements(small)
                              from head in Gen.Choose(16, 300)
                              from start in NameGenerator.Mutated(der[..Math.Min(head, der.Length)])
                              select (byte[])[.. start, .. der[Math.Min(head, der.Length)..]];
        Prop.ForAll(mutated.ToArbitrary(), SurvivesReading).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        Prop.ForAll(Gen.Elements(small).SelectMany(NameGenerator.Mutated).ToArbitrary(), SurvivesReading)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
        Prop.ForAll<byte[]>(octets => octets is null || SurvivesReading(octets)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void TryRead_NeverThrowsForCutCertificates()
    {
        byte[] der = new CraftedCertificate().Encode();

        Assert.All(Enumerable.Range(0, der.Length), length =>
            Assert.False(ClientCertificate.TryRead(der.AsSpan()[..length], out _, out _)));
        Assert.All(Enumerable.Range(0, der.Length), at => Assert.True(SurvivesReading([.. der[..at], (byte)~der[at], .. der[(at + 1)..]])));
    }

    // A mistake in the code under test shows as an exception, which fails the property.
    private static bool SurvivesReading(byte[] octets)
    {
        bool read = ClientCertificate.TryRead(octets, out ClientCertificate? certificate, out CertificateError error);
        if (!read)
            return certificate is null && error.Kind != CertificateErrorKind.None
                && error.Index >= 0 && error.Index <= octets.Length && error.ToString().Length > 0;

        certificate!.TryGetSubject(out DistinguishedName? subject, out _);
        certificate.TryGetIssuer(out _, out _);
        foreach (SubjectAlternativeName name in certificate.GetSubjectAlternativeNames())
            _ = name.Value + name;
        return certificate.Der.Span.SequenceEqual(octets) && (subject is null || subject.MatchesDer(certificate.SubjectDer.Span));
    }

    private static void AssertReadsAlike(byte[] der)
    {
        bool read = ClientCertificate.TryRead(der, out ClientCertificate? ours, out CertificateError error);
        Assert.Equal(read, error.Kind == CertificateErrorKind.None);
        if (!read || !IsLoadedByDotNet(der))
        {
            Assert.True(SurvivesReading(der));
            return;
        }

        using (X509Certificate2 theirs = X509CertificateLoader.LoadCertificate(der))
        {
            Assert.Equal(theirs.SubjectName.RawData, ours!.SubjectDer.ToArray());
            Assert.Equal(theirs.IssuerName.RawData, ours.IssuerDer.ToArray());
            Assert.Equal(theirs.NotBefore.ToUniversalTime(), ours.NotBefore.UtcDateTime);
            Assert.Equal(theirs.NotAfter.ToUniversalTime(), ours.NotAfter.UtcDateTime);
            Assert.Equal(theirs.SerialNumberBytes.ToArray(), ours.SerialNumber.ToArray());
            Assert.Equal(theirs.GetCertHash(HashAlgorithmName.SHA256), ours.Sha256.ToArray());
            Assert.Equal(der, ours.Der.ToArray());
        }
    }

    private static bool IsLoadedByDotNet(byte[] der)
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
