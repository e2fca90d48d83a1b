using CertAuth.Names;

namespace CertAuth.Tests.Names;

public sealed class NameVectorTests
{
    private static readonly TsvFile s_exceptions = new("CertAuth.Tests/Names/openssl3-exceptions.tsv");

    public static TheoryData<string> Ids => NameVector.File.Ids;

    public static TheoryData<string> Loaded => NameVector.File.IdsWhere(vector => vector.Parses);

    public static TheoryData<string> Issued => NameVector.File.IdsWhere(vector => vector.IssuerOneline is not null);

    public static TheoryData<string> Malformed => NameVector.File.IdsWhere(vector => ReferenceName.Read(vector.Subject) is null);

    public static TheoryData<string> WellFormed => NameVector.File.IdsWhere(vector => ReferenceName.Read(vector.Subject) is not null);

    public static TheoryData<string> Recorded =>
        NameVector.File.IdsWhere(vector => vector.SubjectStructure is not null && ReferenceName.Read(vector.Subject) is not null);

    public static TheoryData<string> Plain => NameVector.File.IdsWhere(vector => vector.Parses && vector.SubjectStructure is { } structure
        && structure.All(rdn => rdn.All(attribute => attribute.Tag is not (DerBytes.Bmp or DerBytes.Universal)))
        && ReferenceName.Read(vector.Subject) is { } name && name.Rdns.All(rdn => rdn.All(IsPlain)));

    [Theory, MemberData(nameof(Loaded))]
    public void OpenSsl3Form_AgreesWithOpenSsl(string id)
    {
        NameVector vector = NameVector.File[id];

        DistinguishedName.TryFormatDer(vector.Subject, NameFormat.OpenSsl3, out string? text, out NameError error);

        if (s_exceptions.Contains(id))
            text.Should().NotBe(vector.SubjectOneline);
        else
            (text ?? error.ToString()).Should().Be(vector.SubjectOneline);
    }

    [Theory, MemberData(nameof(Issued))]
    public void OpenSsl3Form_AgreesWithOpenSsl_ForTheIssuer(string id)
    {
        NameVector vector = NameVector.File[id];

        DistinguishedName.TryFormatDer(vector.Issuer, NameFormat.OpenSsl3, out string? text, out NameError error);

        if (s_exceptions.Contains("issuer of " + id))
            text.Should().NotBe(vector.IssuerOneline);
        else
            (text ?? error.ToString()).Should().Be(vector.IssuerOneline);
    }

    [Fact]
    public void Exceptions_AreVectorsThatOpenSslLoads()
    {
        string[] loaded = [.. NameVector.File.All.Where(vector => vector.Parses).Select(vector => vector.Id)];
        HashSet<string> names = [.. loaded, .. loaded.Select(id => "issuer of " + id)];

        Assert.Subset(names, s_exceptions.Ids.ToHashSet());
    }

    [Theory, MemberData(nameof(Ids))]
    public void TryParseDer_AgreesWithTheReferenceReader(string id)
    {
        byte[] subject = NameVector.File[id].Subject;
        ReferenceName? expected = ReferenceName.Read(subject);

        bool read = DistinguishedName.TryParseDer(subject, out DistinguishedName? name, out NameError error);

        read.Should().Be(expected is not null);
        (error.Kind == NameErrorKind.None).Should().Be(read);
        (name is null ? null : ReferenceName.From(name).OrderedKey).Should().Be(expected?.OrderedKey);
    }

    [Theory, MemberData(nameof(Malformed))]
    public void TryParseDer_RejectsMalformedNames(string id)
    {
        NameVector vector = NameVector.File[id];
        byte[] subject = vector.Subject;

        DistinguishedName.TryParseDer(subject, out _, out NameError error).Should().BeFalse();
        Assert.InRange(error.Kind, NameErrorKind.TooLarge, NameErrorKind.BadString);
        error.Index.Should().BeInRange(0, subject.Length);
        DistinguishedName.TryFormatDer(subject, NameFormat.Canonical, out _, out NameError canonicalError).Should().BeFalse();
        canonicalError.Kind.Should().Be(error.Kind);
        DistinguishedName.TryFormatDer(subject, NameFormat.Tidb, out _, out _).Should().BeFalse();
        Assert.False(DistinguishedName.TryParse(vector.SubjectOneline, out DistinguishedName? printed, out _)
            && printed.MatchesDer(subject));
    }

    [Theory, MemberData(nameof(Recorded))]
    public void TryParseDer_ReadsTheRecordedStructure(string id)
    {
        NameVector vector = NameVector.File[id];
        ReferenceName expected = new([.. vector.SubjectStructure!.Select(rdn => (IReadOnlyList<ReferenceAttribute>)
            [.. rdn.Select(attribute => ReferenceName.ReadValue(attribute.Oid, attribute.Tag, attribute.ValueB64))])]);

        Assert.True(DistinguishedName.TryParseDer(vector.Subject, out DistinguishedName? name, out _));

        ReferenceName.From(name).OrderedKey.Should().Be(expected.OrderedKey);
    }

    [Theory, MemberData(nameof(WellFormed))]
    public void CanonicalForm_RoundTrips(string id)
    {
        byte[] subject = NameVector.File[id].Subject;

        Assert.True(DistinguishedName.TryParseDer(subject, out DistinguishedName? name, out NameError error), error.ToString());
        DistinguishedName.TryFormatDer(subject, NameFormat.Canonical, out string? text, out error).Should().BeTrue(error.ToString());
        name.ToString().Should().Be(text);
        Assert.True(DistinguishedName.TryParse(text, out DistinguishedName? again, out error), error.ToString());
        again.Should().Be(name);
        again.GetHashCode().Should().Be(name.GetHashCode());
        again.MatchesDer(subject).Should().BeTrue();
    }

    [Theory, MemberData(nameof(Plain))]
    public void CanonicalForm_AgreesWithOpenSsl_WhenTheNameIsPlain(string id)
    {
        NameVector vector = NameVector.File[id];

        DistinguishedName.TryFormatDer(vector.Subject, NameFormat.Canonical, out string? text, out _).Should().BeTrue();
        text.Should().Be(vector.SubjectOneline);
    }

    // The canonical form writes a type as a dotted OID if OpenSSL's name for it contains a slash. No vector has such a type.
    private static bool IsPlain(ReferenceAttribute attribute) => attribute.Text is { } text && attribute.Oid.Length <= 79
        && text.All(c => c is >= ' ' and <= '~' and not '\\') && !text.StartsWith('#') && !text.StartsWith('"');
}
