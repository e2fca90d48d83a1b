using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Json;

namespace CertAuth.Tests.Json;

public sealed partial class JsonReaderTests
{
    private static readonly Dictionary<string, (string Outcome, byte[] Text)> s_rows = TsvFile
        .ReadRows("CertAuth.Tests/Json/texts.tsv")
        .ToDictionary(row => row[0], row => (row[1], ParseBytes(row[2])));

    public static TheoryData<string> Ids => [.. s_rows.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void Read_ReturnsTheStatusOfTheRow(string id)
    {
        (string outcome, byte[] text) = s_rows[id];

        JsonReadStatus status = JsonWalk.Read(text);

        status.Should().Be(outcome == "ok" ? JsonReadStatus.End : Enum.Parse<JsonReadStatus>(outcome));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_ReturnsTheStatusOfTheRow_WhenTheTextIsNested(string id)
    {
        (string outcome, byte[] text) = s_rows[id];

        // These values are rejected only as complete texts.
        bool isValue = id is "only a string" or "only a number" or "only null";
        byte[] nested = [.. "{\"nested\":["u8, .. text, .. "]}"u8];

        JsonReadStatus status = JsonWalk.ReadObject(nested);

        JsonReadStatus expected = outcome == "ok" || isValue ? JsonReadStatus.End : Enum.Parse<JsonReadStatus>(outcome);
        status.Should().Be(string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text)) ? JsonReadStatus.End : expected);
    }

    [Fact]
    public void Rows_AreComplete() => s_rows.Count.Should().Be(169);

    [Fact]
    public void ReadMember_ReturnsNamesAndValuesInOrder()
    {
        List<JsonItem> members = [];
        JsonReadStatus status = JsonWalk.ReadObject(
            """ { "\u0061" : "x\ny" , "o" : { "p" : [ ] } , "n" : -1.50e+3 , "t" : true , "f" : false , "z" : null , "l" : [ 1 ] } """u8,
            members);

        status.Should().Be(JsonReadStatus.End);
        members.Should().Equal(
            new JsonItem("a", JsonKind.String, "x\ny"),
            new JsonItem("o", JsonKind.Object, "{ \"p\" : [ ] }"),
            new JsonItem("n", JsonKind.Number, "-1.50e+3"),
            new JsonItem("t", JsonKind.True, "true"),
            new JsonItem("f", JsonKind.False, "false"),
            new JsonItem("z", JsonKind.Null, "null"),
            new JsonItem("l", JsonKind.Array, "[ 1 ]"));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Read_LimitsTheDepth(string opening, string closing)
    {
        string Nested(int depth) =>
            $"{string.Concat(Enumerable.Repeat(opening, depth))}1{string.Concat(Enumerable.Repeat(closing, depth))}";

        JsonWalk.Read(Encoding.UTF8.GetBytes(Nested(32))).Should().Be(JsonReadStatus.End);
        JsonWalk.Read(Encoding.UTF8.GetBytes(Nested(33))).Should().Be(JsonReadStatus.Malformed);
        JsonWalk.Read(Encoding.UTF8.GetBytes(Nested(1)), maxDepth: 1).Should().Be(JsonReadStatus.End);
        JsonWalk.Read(Encoding.UTF8.GetBytes(Nested(2)), maxDepth: 1).Should().Be(JsonReadStatus.Malformed);
        JsonWalk.Read(Encoding.UTF8.GetBytes(Nested(1)), maxDepth: 0).Should().Be(JsonReadStatus.Malformed);
    }

    [Fact]
    public void Read_CountsTheDepthAndNotTheBrackets()
    {
        byte[] wide = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("[{\"a\":[]}]", 1000))}]");

        JsonWalk.Read(wide, maxDepth: 4).Should().Be(JsonReadStatus.End);
        JsonWalk.Read(wide, maxDepth: 3).Should().Be(JsonReadStatus.Malformed);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Read_RejectsAMillionOpenBrackets(char bracket)
    {
        string unit = bracket == '[' ? "[" : "{\"a\":";

        JsonWalk.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 1_000_000)))).Should().Be(JsonReadStatus.Malformed);
    }

    [Theory]
    [InlineData(128, nameof(JsonReadStatus.End))]
    [InlineData(129, nameof(JsonReadStatus.Malformed))]
    public void Read_LimitsTheMembersOfAnObject(int count, string expected)
    {
        byte[] json = Encoding.UTF8.GetBytes(CreateObject(count));
        byte[] nested = [.. "{\"x\":[1,"u8, .. json, .. "]}"u8];

        $"{JsonWalk.ReadObject(json)}".Should().Be(expected);
        $"{JsonWalk.ReadObject(nested)}".Should().Be(expected);
        JsonWalk.ReadObject(nested, names: JsonNameUniqueness.OutermostOnly).Should().Be(JsonReadStatus.End);
    }

    [Fact]
    public void Read_FindsARepeatedName_WhenItIsTheLastMember()
    {
        string json = $"{CreateObject(127)[..^1]},\"m\\u0030\":1}}";

        JsonWalk.ReadObject(Encoding.UTF8.GetBytes(json)).Should().Be(JsonReadStatus.Repeated);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"b":2}}""", nameof(JsonReadStatus.End))]
    [InlineData("""{"a":[{"b":1,"b":2}]}""", nameof(JsonReadStatus.End))]
    [InlineData("""{"a":1,"\u0061":2}""", nameof(JsonReadStatus.Repeated))]
    [InlineData("""{"a":{"b":1,"b":2,}}""", nameof(JsonReadStatus.Malformed))]
    public void Read_ChecksOnlyTheOutermostObject_WhenUniquenessIsOutermostOnly(string json, string expected) =>
        $"{JsonWalk.ReadObject(Encoding.UTF8.GetBytes(json), names: JsonNameUniqueness.OutermostOnly)}".Should().Be(expected);

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"{}\"")]
    [InlineData("")]
    public void TryOpenObject_RejectsOtherTexts(string json) =>
        JsonReader.TryOpenObject(Encoding.UTF8.GetBytes(json), 32, JsonNameUniqueness.Everywhere, out _).Should().BeFalse();

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public void TryOpenArray_RejectsOtherTexts(string json) =>
        JsonReader.TryOpenArray(Encoding.UTF8.GetBytes(json), 32, JsonNameUniqueness.Everywhere, out _).Should().BeFalse();

    // The worst case is many objects with the shortest names and values, each with one member more than the capacity of the table of names.
    [Theory]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(49)]
    [InlineData(81)]
    public void Read_AllocatesLessThanSevenTimesTheLength_WhenObjectsHaveManyMembers(int members)
    {
        IEnumerable<char> names = Enumerable.Range('#', '~' - '#').Select(c => (char)c).Where(c => c != '\\');
        string shortest = string.Join(',', names.Take(members).Select(name => $"\"{name}\":1"));
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"l":[{{{string.Join(',', Enumerable.Repeat($"{{{shortest}}}", 100))}}}]}""");
        JsonWalk.ReadObject(json).Should().Be(JsonReadStatus.End);
        Allocation.Of(() => JsonWalk.ReadObject(json)).Should().BeInRange(1, 7 * json.Length);
    }

    [Fact]
    public void Read_AllocatesNothing_WhenObjectsAreSmall()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            $$$"""
            {"\u0061":"x\ud83d\ude00","o":{{{CreateObject(JsonMemberNames.InlineCapacity)}}},"l":[1,-2.5e3,true,null,[{"a":[]}]],"a\n":0}
            """);
        byte[] rejected = [.. json[..^1], .. ",\"a\":1}"u8];
        JsonWalk.ReadObject(json).Should().Be(JsonReadStatus.End);
        JsonWalk.ReadObject(rejected).Should().Be(JsonReadStatus.Repeated);

        Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                JsonWalk.ReadObject(json);
                JsonWalk.ReadObject(rejected);
            }
        }).Should().Be(0);
    }

    private static string CreateObject(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{i}"))}}}";

    private static byte[] ParseBytes(string text) =>
    [
        .. Byte().Split(text).SelectMany((part, i) =>
            i % 2 == 0 ? Encoding.UTF8.GetBytes(part) : [byte.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)]),
    ];

    [GeneratedRegex("‹([0-9A-F]{2})›")]
    private static partial Regex Byte();
}
