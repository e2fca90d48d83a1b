using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>The files of a package other than its assembly.</summary>
public sealed partial class PackageContentTests(PackedLibraries libraries) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Packages => ["CertAuth", "CertAuth.Testing"];

    [Theory, MemberData(nameof(Packages))]
    public void Package_HasIconReadmeAddressAndReleaseNotes(string id)
    {
        libraries.SkipIfUnavailable();

        libraries.ReadEntry(id, "icon.png").Should().StartWith([0x89, (byte)'P', (byte)'N', (byte)'G']);
        libraries.GetMetadata(id, "icon").Should().Be("icon.png");
        libraries.GetMetadata(id, "readme").Should().Be("README.md");
        libraries.GetMetadata(id, "projectUrl").Should().StartWith("https://").And.EndWith("/");
        libraries.GetMetadata(id, "releaseNotes").Should().Contain("### ");
    }

    // The page of a package has no other files to which the readme could link.
    [Theory, MemberData(nameof(Packages))]
    public void Readme_HasOnlyAbsoluteLinks(string id)
    {
        libraries.SkipIfUnavailable();

        string[] links = [.. Link().Matches(libraries.ReadText(id, "README.md")).Select(link => link.Groups[1].Value)];

        links.Should().NotBeEmpty()
            .And.AllSatisfy(link => (link.StartsWith("https://", StringComparison.Ordinal) || link[0] == '#').Should().BeTrue(link))
            .And.AllSatisfy(link => link.Should().NotContainAny("%23", ".."));
    }

    // The compiler also writes the documentation of internal types and members, which the package must not contain.
    [Theory, MemberData(nameof(Packages))]
    public void Documentation_ContainsOnlyPublicTypes(string id)
    {
        libraries.SkipIfUnavailable();
        Type[] types = (id == "CertAuth" ? typeof(Account) : typeof(TestCertificateAuthority)).Assembly.GetTypes();
        string[] documented =
        [
            .. XDocument.Parse(libraries.ReadText(id, $"lib/net10.0/{id}.xml")).Descendants("member")
                .Select(member => member.Attribute("name")!.Value),
        ];

        documented.Where(name => name.StartsWith("T:", StringComparison.Ordinal)).Should().BeEquivalentTo(
            types.Where(type => type.IsVisible && !type.Name.Contains('<', StringComparison.Ordinal))
                .Select(type => $"T:{type.FullName!.Replace('+', '.')}"));
        string[] ofInternalTypes =
            [.. types.Where(type => !type.IsVisible).Select(type => $"{type.FullName!.Replace('+', '.')}.")];
        documented.Where(name => ofInternalTypes.Any(type => name[2..].StartsWith(type, StringComparison.Ordinal))).Should().BeEmpty();
        documented.Should().Contain(name => name.StartsWith("M:", StringComparison.Ordinal))
            .And.Contain(name => name.StartsWith("P:", StringComparison.Ordinal))
            .And.Contain(name => name.StartsWith("F:", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
