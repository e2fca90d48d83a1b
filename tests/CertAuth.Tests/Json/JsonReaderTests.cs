using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Json;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Json;

public sealed partial class JsonReaderTests
{
    private static readonly Dictionary<string, (string Outcome, byte[] Text)> s_rows = File
        .ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", "Json", "texts.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))
        .ToDictionary(row => row[0], row => (row[1], Bytes(row[2])));

    public static TheoryData<string> Ids => [.. s_rows.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void Read_AgreesWithRow(string id)
    {
        (string outcome, byte[] text) = s_rows[id];

        JsonReadStatus step = JsonWalk.Read(text);

        step.Should().Be(outcome == "ok" ? JsonReadStatus.End : Enum.Parse<JsonReadStatus>(outcome));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_AgreesWithRowInsideOfAnObject(string id)
    {
        (string outcome, byte[] text) = s_rows[id];
        // What is refused outside of all brackets alone isn't refused inside.
        bool isValue = id is "string alone" or "number alone" or "null alone";
        byte[] nested = [.. "{\"nested\":["u8, .. text, .. "]}"u8];

        JsonReadStatus step = JsonWalk.ReadObject(nested);

        JsonReadStatus expected = outcome == "ok" || isValue ? JsonReadStatus.End : Enum.Parse<JsonReadStatus>(outcome);
        step.Should().Be(string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text)) ? JsonReadStatus.End : expected);
    }

    [Fact]
    public void Rows_AreThoseThatAreExpected() => s_rows.Count.Should().Be(169);

    [Fact]
    public void ReadMember_ReturnsNamesAndValuesInOrder()
    {
        List<Seen> members = [];
        JsonReadStatus step = JsonWalk.ReadObject(
            """ { "\u0061" : "x\ny" , "o" : { "p" : [ ] } , "n" : -1.50e+3 , "t" : true , "f" : false , "z" : null , "l" : [ 1 ] } """u8,
            members);

        step.Should().Be(JsonReadStatus.End);
        members.Should().Equal(
            new Seen("a", JsonKind.String, "x\ny"),
            new Seen("o", JsonKind.Object, "{ \"p\" : [ ] }"),
            new Seen("n", JsonKind.Number, "-1.50e+3"),
            new Seen("t", JsonKind.True, "true"),
            new Seen("f", JsonKind.False, "false"),
            new Seen("z", JsonKind.Null, "null"),
            new Seen("l", JsonKind.Array, "[ 1 ]"));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Read_AcceptsTheMaximumDepthAndNoMore(string opening, string closing)
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
    public void Read_CountsDepth_NotBrackets()
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
    public void Read_BoundsTheMembersOfAnObject(int count, string expected)
    {
        byte[] json = Encoding.UTF8.GetBytes(Members(count));
        byte[] nested = [.. "{\"x\":[1,"u8, .. json, .. "]}"u8];

        $"{JsonWalk.ReadObject(json)}".Should().Be(expected);
        $"{JsonWalk.ReadObject(nested)}".Should().Be(expected);
        JsonWalk.ReadObject(nested, names: JsonNameUniqueness.OutermostOnly).Should().Be(JsonReadStatus.End);
    }

    [Fact]
    public void Read_FindsTheLastMemberRepeatedToo()
    {
        string json = $"{Members(127)[..^1]},\"m\\u0030\":1}}";

        JsonWalk.ReadObject(Encoding.UTF8.GetBytes(json)).Should().Be(JsonReadStatus.Repeated);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"b":2}}""", nameof(JsonReadStatus.End))]
    [InlineData("""{"a":[{"b":1,"b":2}]}""", nameof(JsonReadStatus.End))]
    [InlineData("""{"a":1,"\u0061":2}""", nameof(JsonReadStatus.Repeated))]
    [InlineData("""{"a":{"b":1,"b":2,}}""", nameof(JsonReadStatus.Malformed))]
    public void Read_ChecksUniquenessAsConfigured(string json, string expected) =>
        $"{JsonWalk.ReadObject(Encoding.UTF8.GetBytes(json), names: JsonNameUniqueness.OutermostOnly)}".Should().Be(expected);

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"{}\"")]
    [InlineData("")]
    public void TryOpenObject_RejectsWhatIsNoObject(string json) =>
        JsonReader.TryOpenObject(Encoding.UTF8.GetBytes(json), 32, JsonNameUniqueness.Everywhere, out _).Should().BeFalse();

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public void TryOpenArray_RejectsWhatIsNoArray(string json) =>
        JsonReader.TryOpenArray(Encoding.UTF8.GetBytes(json), 32, JsonNameUniqueness.Everywhere, out _).Should().BeFalse();

    // What costs most is objects one after the other that have just one member too many for the room that there is.
    [Theory]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(65)]
    [InlineData(128)]
    public void Read_AllocatesLittleForManyMembers(int members)
    {
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"l":[{{{string.Join(',', Enumerable.Repeat(Members(members), 100))}}}]}""");
        JsonWalk.ReadObject(json).Should().Be(JsonReadStatus.End);
        Allocation.Of(() => JsonWalk.ReadObject(json)).Should().BeInRange(1, 4 * json.Length);
    }

    [Fact]
    public void Read_AllocatesNothing()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            $$$"""{"\u0061":"x\ud83d\ude00","o":{{{Members(JsonMemberNames.InlineCapacity)}}},"l":[1,-2.5e3,true,null,[{"a":[]}]],"a\n":0}""");
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

    private static string Members(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{i}"))}}}";

    private static byte[] Bytes(string text) =>
    [
        .. Byte().Split(text).SelectMany((part, i) =>
            i % 2 == 0 ? Encoding.UTF8.GetBytes(part) : [byte.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)]),
    ];

    [GeneratedRegex("‹([0-9A-F]{2})›")]
    private static partial Regex Byte();
}
