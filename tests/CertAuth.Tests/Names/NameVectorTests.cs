using CertAuth.Names;
using CertAuth.Tests.Support;

namespace CertAuth.Tests.Names;

public sealed class NameVectorTests
{
    private static readonly ExceptionList s_exceptions = ExceptionList.Load("Names", "openssl3-exceptions.tsv");

    public static TheoryData<string> Ids => NameVector.File.Ids;

    public static TheoryData<string> Loaded => NameVector.File.IdsWhere(vector => vector.Parses);

    public static TheoryData<string> Issued => NameVector.File.IdsWhere(vector => vector.IssuerOneline is not null);

    public static TheoryData<string> Malformed => NameVector.File.IdsWhere(vector => SlowName.Read(vector.Subject) is null);

    public static TheoryData<string> WellFormed => NameVector.File.IdsWhere(vector => SlowName.Read(vector.Subject) is not null);

    public static TheoryData<string> Recorded =>
        NameVector.File.IdsWhere(vector => vector.SubjectStructure is not null && SlowName.Read(vector.Subject) is not null);

    public static TheoryData<string> Plain => NameVector.File.IdsWhere(vector => vector.Parses && vector.SubjectStructure is { } structure
        && structure.All(rdn => rdn.All(attribute => attribute.Tag is not (DerBytes.Bmp or DerBytes.Universal)))
        && SlowName.Read(vector.Subject) is { } name && name.Rdns.All(rdn => rdn.All(IsPlain)));

    [Theory, MemberData(nameof(Loaded))]
    public void OpenSsl3Form_IsWhatOpenSslPrints(string id)
    {
        NameVector vector = NameVector.File[id];

        DistinguishedName.TryFormatDer(vector.Subject, NameFormat.OpenSsl3, out string? text, out NameError error);

        if (s_exceptions.Contains(id))
            Assert.NotEqual(vector.SubjectOneline, text);
        else
            Assert.Equal(vector.SubjectOneline, text ?? error.ToString());
    }

    [Theory, MemberData(nameof(Issued))]
    public void OpenSsl3Form_IsWhatOpenSslPrintsForTheIssuer(string id)
    {
        NameVector vector = NameVector.File[id];

        DistinguishedName.TryFormatDer(vector.Issuer, NameFormat.OpenSsl3, out string? text, out NameError error);

        if (s_exceptions.Contains("issuer of " + id))
            Assert.NotEqual(vector.IssuerOneline, text);
        else
            Assert.Equal(vector.IssuerOneline, text ?? error.ToString());
    }

    [Fact]
    public void Exceptions_NameVectorsThatOpenSslLoads()
    {
        string[] loaded = [.. NameVector.File.All.Where(vector => vector.Parses).Select(vector => vector.Id)];
        HashSet<string> names = [.. loaded, .. loaded.Select(id => "issuer of " + id)];

        Assert.Subset(names, s_exceptions.Reasons.Keys.ToHashSet());
    }

    [Theory, MemberData(nameof(Ids))]
    public void TryReadDer_ReadsWhatTheSlowReaderReads(string id)
    {
        byte[] subject = NameVector.File[id].Subject;
        SlowName? expected = SlowName.Read(subject);

        bool read = DistinguishedName.TryReadDer(subject, out DistinguishedName? name, out NameError error);

        Assert.Equal(expected is not null, read);
        Assert.Equal(read, error.Kind == NameErrorKind.None);
        Assert.Equal(expected?.OrderedKey, name is null ? null : SlowName.Of(name).OrderedKey);
    }

    [Theory, MemberData(nameof(Malformed))]
    public void TryReadDer_RefusesMalformedNamesInEachFormThatDecodes(string id)
    {
        NameVector vector = NameVector.File[id];
        byte[] subject = vector.Subject;

        Assert.False(DistinguishedName.TryReadDer(subject, out _, out NameError error));
        Assert.InRange(error.Kind, NameErrorKind.TooLarge, NameErrorKind.BadString);
        Assert.InRange(error.Index, 0, subject.Length);
        Assert.False(DistinguishedName.TryFormatDer(subject, NameFormat.Canonical, out _, out NameError canonicalError));
        Assert.Equal(error.Kind, canonicalError.Kind);
        Assert.False(DistinguishedName.TryFormatDer(subject, NameFormat.Tidb, out _, out _));
        Assert.False(DistinguishedName.TryParse(vector.SubjectOneline, out DistinguishedName? printed, out _)
            && printed.MatchesDer(subject));
    }

    [Theory, MemberData(nameof(Recorded))]
    public void TryReadDer_ReadsTheRecordedStructure(string id)
    {
        NameVector vector = NameVector.File[id];
        SlowName expected = new([.. vector.SubjectStructure!.Select(rdn => (IReadOnlyList<SlowAttribute>)
            [.. rdn.Select(attribute => SlowName.ReadValue(attribute.Oid, attribute.Tag, attribute.ValueB64))])]);

        Assert.True(DistinguishedName.TryReadDer(vector.Subject, out DistinguishedName? name, out _));

        Assert.Equal(expected.OrderedKey, SlowName.Of(name).OrderedKey);
    }

    [Theory, MemberData(nameof(WellFormed))]
    public void Canonical_ParsesBack(string id)
    {
        byte[] subject = NameVector.File[id].Subject;

        Assert.True(DistinguishedName.TryReadDer(subject, out DistinguishedName? name, out NameError error), error.ToString());
        Assert.True(DistinguishedName.TryFormatDer(subject, NameFormat.Canonical, out string? text, out error), error.ToString());
        Assert.Equal(text, name.ToString());
        Assert.True(DistinguishedName.TryParse(text, out DistinguishedName? again, out error), error.ToString());
        Assert.Equal(name, again);
        Assert.Equal(name.GetHashCode(), again.GetHashCode());
        Assert.True(again.MatchesDer(subject));
    }

    [Theory, MemberData(nameof(Plain))]
    public void Canonical_IsWhatOpenSslPrintsForPlainNames(string id)
    {
        NameVector vector = NameVector.File[id];

        Assert.True(DistinguishedName.TryFormatDer(vector.Subject, NameFormat.Canonical, out string? text, out _));
        Assert.Equal(vector.SubjectOneline, text);
    }

    // Types with a slash in OpenSSL's name print as dotted OIDs; no vector has one.
    private static bool IsPlain(SlowAttribute attribute) => attribute.Text is { } text && attribute.Oid.Length <= 79
        && text.All(c => c is >= ' ' and <= '~' and not '\\') && !text.StartsWith('#') && !text.StartsWith('"');
}
