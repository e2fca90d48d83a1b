using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Conventions;

/// <summary>docs/bounds.md lists every maximum with the number that the code has.</summary>
public sealed partial class BoundsPageTests
{
    private const BindingFlags Constants = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Constants that are named like bounds and that nothing from outside can exceed.</summary>
    private static readonly Dictionary<string, string> s_internal = new()
    {
        ["AttributeTypes.MaxX520"] = "the size of a table",
        ["CanonicalNameReader.MaxGrowth"] = "the size of a buffer",
        ["CanonicalNameReader.MaxTypeLength"] = "DerOid.MaxTextLength by another name",
        ["CertInfoTokenFormats.MaxLabelBytes"] = "the length of our own labels",
        ["CertInfoTokenFormats.MaxPrefixBytes"] = "the size of a buffer",
        ["CertInfoMembers.MaxDepth"] = "values that are objects are rejected",
        ["CertInfoMembers.MaxDigits"] = "the digits of CertInfoMembers.MaxInteger",
        ["CertInfoTokenVerifier.MinSignatureBytes"] = "the shortest signature there is",
        ["DerOid.MaxShortDigits"] = "a shortcut",
        ["DerWriter.MaxHeader"] = "the size of a buffer",
        ["ExtensionReader.MinExtensionBytes"] = "the shortest extension there is",
        ["FileFormats.MaxTags"] = "how far a format is looked into",
        ["IssuerRank.Max"] = "the number of ranks",
        ["IpAddressText.MaxLength"] = "the longest address there is",
        ["LoginRequirement.MaxRoundTripLength"] = "a shortcut",
        ["NumericDate.s_maxTicks"] = "the end of the year 9999",
        ["PemReader.MinPartLength"] = "the shortest damaged boundary",
        ["RequiredRdn.MaxShortLength"] = "a shortcut",
        ["SanText.MaxAddressLength"] = "the longest address there is",
        ["SanText.MaxGrowth"] = "the size of a buffer",
        ["SignatureKey.MaxHashBytes"] = "the longest hash there is",
        ["SignatureKey.MaxSignatureBytes"] = "the size of a buffer",
        ["StoredRequirementReader.MaxType"] = "the last type there is",
        ["IssuerKey.MaxHashBytes"] = "the longest hash there is",
        ["TokenKeySetError.MaxShownWarnings"] = "the length of a message of Parse",
    };

    public static TheoryData<string> Rows => [.. Page().Select(row => row.Constant)];

    [Theory, MemberData(nameof(Rows))]
    public void Row_StatesTheNumberOfTheCode(string constant)
    {
        FieldInfo field = Fields().Should().ContainSingle(field => NameOf(field) == constant).Subject;
        (string folder, string maximum, _) = Page().Single(row => row.Constant == constant);

        FolderOf(field.DeclaringType!).Should().Be(folder);
        Parse(maximum).Should().Be(field.GetValue(null) switch
        {
            int number => number,
            long number => number,
            TimeSpan time => time,
            object other => throw new InvalidOperationException($"{constant} is a {other.GetType()}."),
            null => null,
        });
    }

    [Fact]
    public void Page_ListsEachMaximumOnce()
    {
        string[] rows = [.. Page().Select(row => row.Constant)];
        string[] bounds = [.. Fields().Where(IsBound).Select(NameOf)];

        rows.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(80);
        bounds.Except(rows).Except(s_internal.Keys).Should().BeEmpty("each maximum has a row, or a reason here");
        s_internal.Keys.Except(bounds).Concat(s_internal.Keys.Intersect(rows)).Should().BeEmpty("an exception that is not needed is none");
    }

    [Fact]
    public void Rows_SayWhyAndWhatHappens()
    {
        foreach (string line in File.ReadLines(PagePath).Where(line => line.StartsWith('|')))
            line.Split('|')[1..^1].Should().HaveCount(5).And.OnlyContain(cell => !string.IsNullOrWhiteSpace(cell));
    }

    [Theory]
    [InlineData("64", 64L)]
    [InlineData("253,402,300,799", 253_402_300_799L)]
    [InlineData("256 bytes", 256L)]
    [InlineData("8,192 bits", 8192L)]
    [InlineData("128 KiB", 131_072L)]
    [InlineData("16 MiB", 16_777_216L)]
    public void Parse_ReadsANumber(string text, long expected) => Parse(text).Should().Be(expected);

    private static string PagePath => Path.Combine(SharedFiles.RepositoryRoot, "docs", "bounds.md");

    private static IEnumerable<(string Folder, string Maximum, string Constant)> Page()
    {
        string folder = "";
        foreach (string line in File.ReadLines(PagePath))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                folder = line[3..];
            if (line.StartsWith('|') && Row().Match(line) is { Success: true } match)
                yield return (folder, match.Groups["maximum"].Value, match.Groups["constant"].Value);
        }
    }

    // A number, and what it counts; times by their unit, some numbers by the unit that the constant has.
    private static object Parse(string text)
    {
        Match match = Quantity().Match(text);
        match.Success.Should().BeTrue("'{0}' is a number and a unit", text);
        long number = long.Parse(match.Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "" or "bytes" or "bits" or "kilobytes" or "seconds" => number,
            "KiB" => number * 1024,
            "MiB" => number * 1024 * 1024,
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "minute" or "minutes" => TimeSpan.FromMinutes(number),
            "day" or "days" => TimeSpan.FromDays(number),
            string unit => throw new InvalidOperationException($"'{unit}' is no unit."),
        };
    }

    private static IEnumerable<FieldInfo> Fields() => typeof(Account).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("CertAuth", StringComparison.Ordinal) == true)
        .Where(type => !type.Name.Contains('<', StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(Constants))
        .Where(field => (field.IsLiteral || field.IsInitOnly) && !field.DeclaringType!.IsEnum
            && (field.FieldType == typeof(int) || field.FieldType == typeof(long) || field.FieldType == typeof(TimeSpan)));

    private static bool IsBound(FieldInfo field) => BoundName().IsMatch(field.Name);

    private static string NameOf(FieldInfo field) => $"{field.DeclaringType!.Name.Split('`')[0]}.{field.Name}";

    private static string FolderOf(Type type) => type.Namespace == "CertAuth" ? "CertAuth" : type.Namespace!["CertAuth.".Length..];

    [GeneratedRegex(@"^\|[^|]+\| (?<maximum>[^|]+) \|[^|]+\|[^|]+\| `(?<constant>\w+\.\w+)` \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<number>[\d,]+)( (?<unit>\w+))?$")]
    private static partial Regex Quantity();

    [GeneratedRegex("^(s_m|M)(ax|in)(?![a-z])")]
    private static partial Regex BoundName();
}
