using CertAuth.Names;

namespace CertAuth.Tests.Names;

/// <summary>Different names for which OpenSSL 3 prints the same text. MySQL and MariaDB compare this text, so they confuse the
/// names.</summary>
public sealed class NameCollisionTests
{
    public static TheoryData<string> Ids => NameCollision.File.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void MatchesDer_DistinguishesNamesWithTheSameOpenSslText(string id)
    {
        byte[][] names = GetNames(NameCollision.File[id]);

        foreach (byte[] required in names)
        {
            if (!DistinguishedName.TryParseDer(required, out DistinguishedName? name, out _))
                continue;
            DistinguishedName requirement = DistinguishedName.Parse(name.ToString());
            Assert.All(names, presented => requirement.MatchesDer(presented).Should().Be(
                ReferenceName.Read(required)!.Key == ReferenceName.Read(presented)?.Key));
        }

        Assert.All(names, presented =>
            (DistinguishedName.TryParseDer(presented, out DistinguishedName? same, out _) && same.MatchesDer(presented))
                .Should().Be(ReferenceName.Read(presented) is not null));
    }

    [Theory, MemberData(nameof(Ids))]
    public void MatchesDer_AcceptsAtMostOneNameForEachOpenSslText(string id)
    {
        NameCollision group = NameCollision.File[id];

        bool parsed = DistinguishedName.TryParse(group.Oneline, out DistinguishedName? requirement, out NameError error);

        (error.Kind == NameErrorKind.None).Should().Be(parsed);
        IEnumerable<string?> met = GetNames(group).Where(name => requirement?.MatchesDer(name) == true)
            .Select(name => ReferenceName.Read(name)?.Key).Distinct();
        met.Count().Should().BeInRange(0, 1);
    }

    private static byte[][] GetNames(NameCollision group) =>
        [.. NameVector.File.All.Where(vector => group.Ids.Contains(vector.Id)).Select(vector => vector.Subject)];
}
