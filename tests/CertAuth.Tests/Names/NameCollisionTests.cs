using CertAuth.Names;
using FluentAssertions;

namespace CertAuth.Tests.Names;

/// <summary>Different names that OpenSSL 3 prints alike: MySQL and MariaDB, which compare what it prints, take one for the other.</summary>
public sealed class NameCollisionTests
{
    public static TheoryData<string> Ids => NameCollision.File.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void MatchesDer_DistinguishesNamesThatOpenSslPrintsAlike(string id)
    {
        byte[][] names = Members(NameCollision.File[id]);

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
        IEnumerable<string?> met = Members(group).Where(name => requirement?.MatchesDer(name) == true)
            .Select(name => ReferenceName.Read(name)?.Key).Distinct();
        met.Count().Should().BeInRange(0, 1);
    }

    private static byte[][] Members(NameCollision group) =>
        [.. NameVector.File.All.Where(vector => group.Ids.Contains(vector.Id)).Select(vector => vector.Subject)];
}
