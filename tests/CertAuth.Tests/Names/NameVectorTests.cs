using CertAuth.Names;

namespace CertAuth.Tests.Names;

public sealed class NameVectorTests
{
    public static TheoryData<string> Ids => NameVector.File.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void OpenSsl3Form_IsWhatOpenSslPrints(string id)
    {
        NameVector vector = NameVector.File[id];
        Assert.SkipUnless(vector.Parses, "OpenSSL doesn't load this certificate.");

        DistinguishedName.TryFormatDer(vector.Subject, NameFormat.OpenSsl3, out string? text, out NameError error);

        Assert.Equal(vector.SubjectOneline, text ?? error.ToString());
    }

    [Theory, MemberData(nameof(Ids))]
    public void Canonical_ParsesBack(string id)
    {
        NameVector vector = NameVector.File[id];
        Assert.True(DistinguishedName.TryReadDer(vector.Subject, out DistinguishedName? name, out NameError error), error.ToString());
        Assert.True(DistinguishedName.TryParse(name.ToString(), out DistinguishedName? again, out error), error.ToString());
        Assert.Equal(name, again);
    }
}
