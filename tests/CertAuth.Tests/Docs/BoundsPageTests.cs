using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Docs;

/// <summary>Compares docs/bounds.md with the constants of the code.</summary>
public sealed partial class BoundsPageTests
{
    private const BindingFlags Constants = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The constants that are named like bounds, but that no input can exceed, each with the reason.</summary>
    private static readonly Dictionary<string, string> s_exempt = new()
    {
        ["CanonicalNameReader.MaxGrowth"] = "the size of a buffer",
        ["CanonicalNameReader.MaxTypeLength"] = "equals DerBounds.MaxOidTextLength",
        ["CertInfo.MaxDepth"] = "values that are objects are rejected",
        ["CertInfoInteger.MaxDigits"] = "the digits of ForwardingBounds.MaxInteger",
        ["CertInfoTokenVerifier.MinSignatureBytes"] = "the length of the shortest signature",
        ["CipherSuites.MaxListLength"] = "equals TlsBounds.MaxSuiteListLength",
        ["CipherSuites.MaxNameLength"] = "equals TlsBounds.MaxSuiteNameLength",
        ["DerOid.MaxShortDigits"] = "a shortcut",
        ["DerWriter.MaxHeader"] = "the size of a buffer",
        ["ExtensionReader.MinExtensionBytes"] = "the length of the shortest extension",
        ["FileFormats.MaxTags"] = "the number of tags that identify a format",
        ["JwkReader.MaxNameBytes"] = "the size of a buffer",
        ["IssuerRank.Max"] = "the highest rank",
        ["IpAddressText.MaxLength"] = "the length of the longest address",
        ["NumericDate.s_maxTicks"] = "the end of the year 9999",
        ["PemReader.MinPartLength"] = "the shortest damaged boundary",
        ["RequiredRdn.MaxShortLength"] = "a shortcut",
        ["RequirementBounds.MaxRoundTripLength"] = "a shortcut",
        ["SanText.MaxGrowth"] = "the size of a buffer",
        ["SignatureScheme.MaxHashBytes"] = "the length of the longest hash",
        ["TokenKeySetError.MaxShownWarnings"] = "the length of a message",
    };

    public static TheoryData<string> Rows => [.. ReadRows().Select(row => row.Constant)];

    [Theory, MemberData(nameof(Rows))]
    public void Row_StatesTheNumberOfTheCode(string constant)
    {
        FieldInfo field = GetFields().Should().ContainSingle(field => GetName(field) == constant).Subject;
        (string folder, string maximum, _) = ReadRows().Single(row => row.Constant == constant);

        GetFolder(field.DeclaringType!).Should().Be(folder);
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
        string[] rows = [.. ReadRows().Select(row => row.Constant)];
        string[] bounds = [.. GetFields().Where(IsBound).Select(GetName)];

        rows.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(80);
        bounds.Except(rows).Except(s_exempt.Keys).Should().BeEmpty("each maximum has a row, or a reason here");
        s_exempt.Keys.Except(bounds).Concat(s_exempt.Keys.Intersect(rows)).Should().BeEmpty("each exception is needed");
    }

    // The root has two: of Vocabulary, and of the types of a first login.
    [Fact]
    public void Maxima_StandInOneClassOfTheirFolder()
    {
        foreach (IGrouping<string, string> folder in ReadRows().GroupBy(row => row.Folder, row => row.Constant.Split('.')[0]))
        {
            folder.Distinct().Should().HaveCount(folder.Key == "CertAuth" ? 2 : 1, folder.Key)
                .And.OnlyContain(type => type.EndsWith("Bounds", StringComparison.Ordinal));
        }
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

    private static IEnumerable<(string Folder, string Maximum, string Constant)> ReadRows()
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

    // Sizes are in bytes and times are TimeSpans. A unit that is part of the constant's name does not change the number.
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
            string unit => throw new InvalidOperationException($"The unit '{unit}' is unknown."),
        };
    }

    private static IEnumerable<FieldInfo> GetFields() => typeof(Account).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("CertAuth", StringComparison.Ordinal) == true)
        .Where(type => !type.Name.Contains('<', StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(Constants))
        .Where(field => (field.IsLiteral || field.IsInitOnly) && !field.DeclaringType!.IsEnum
            && (field.FieldType == typeof(int) || field.FieldType == typeof(long) || field.FieldType == typeof(TimeSpan)));

    private static bool IsBound(FieldInfo field) => BoundName().IsMatch(field.Name);

    private static string GetName(FieldInfo field) => $"{field.DeclaringType!.Name.Split('`')[0]}.{field.Name}";

    private static string GetFolder(Type type) => type.Namespace == "CertAuth" ? "CertAuth" : type.Namespace!["CertAuth.".Length..];

    [GeneratedRegex(@"^\|[^|]+\| (?<maximum>[^|]+) \|[^|]+\|[^|]+\| `(?<constant>\w+\.\w+)` \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<number>[\d,]+)( (?<unit>\w+))?$")]
    private static partial Regex Quantity();

    [GeneratedRegex("^(s_m|M)(ax|in)(?![a-z])")]
    private static partial Regex BoundName();
}
