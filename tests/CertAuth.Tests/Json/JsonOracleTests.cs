using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CertAuth.Json;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Json;

/// <summary>Compares the reader with System.Text.Json under strict options, on valid, mutated and random texts.</summary>
/// <remarks>System.Text.Json checks UTF-8 and surrogates only when a string is read, so every string is read.</remarks>
public sealed class JsonOracleTests
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = JsonWalk.MaxDepth, AllowDuplicateProperties = false };

    private static readonly Gen<string> s_string = Gen.Elements(
        "", "a", "b", "é", "😀", "\\u0061", "\\ud83d\\ude00", "\\n", "\\\"", "\\\\", "\\/", "//", "\\u0000", "€")
        .ListOf().Select(parts => $"\"{string.Concat(parts.Take(3))}\"");

    private static readonly Gen<string> s_scalar = Gen.OneOf(
        s_string, Gen.Elements("0", "-0", "1", "-12", "1.5", "0.0", "1e3", "1E-3", "-1.25e+07", "true", "false", "null"));

    private static readonly Gen<string> s_blank = Gen.Frequency((6, Gen.Constant("")), (1, Gen.Elements(" ", "\n", "\t", "\r\n ")));

    private static readonly byte[] s_alphabet =
    [
        .. "{}[]\":,\\u0123adbn+-.eE \n\t/*'tfNx"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xA9, 0xED, 0xA0, 0xF0, 0xFF,
    ];

    private static readonly Gen<byte[]> s_object = Members(4).Select(Encoding.UTF8.GetBytes);

    [Fact]
    public void Read_AgreesWithTheOracleOnValidTexts() =>
        Prop.ForAll(s_object.ToArbitrary(), Agrees).Check(Generators.Times(3_000));

    [Fact]
    public void Read_AgreesWithTheOracleOnMutatedTexts() =>
        Prop.ForAll(Mutated(s_object).ToArbitrary(), Agrees).Check(Generators.Times(20_000));

    [Fact]
    public void Read_AgreesWithTheOracleOnRandomTexts() => Prop.ForAll(
        Gen.Elements(s_alphabet).ListOf().Select(bytes => (byte[])[.. "{\"a\":["u8, .. bytes.Take(12), .. "]}"u8]).ToArbitrary(), Agrees)
        .Check(Generators.Times(20_000));

    [Fact]
    public void Read_AgreesWithTheOracleOnEveryPrefix() => Prop.ForAll(
        s_object.ToArbitrary(), text => Enumerable.Range(0, text.Length).All(length => Agrees(text[..length])))
        .Check(Generators.Times(100));

    [Fact]
    public void Read_NeverThrows_WhenTheBytesAreRandom()
    {
        Random random = new(4711);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] text = new byte[random.Next(1, 40)];
            random.NextBytes(text);
            text[0] = random.Next(2) == 0 ? (byte)'{' : (byte)'[';
            accepted += JsonWalk.Read(text) == JsonReadStatus.End ? 1 : 0;
        }

        accepted.Should().BeInRange(0, 200);
    }

    [Fact]
    public void Generators_CreateEnoughValidAndInvalidTexts()
    {
        int valid = Gen.Sample(s_object, 2_000).Count(text => JsonWalk.ReadObject(text) == JsonReadStatus.End);
        int mutated = Gen.Sample(Mutated(s_object), 2_000).Count(text => JsonWalk.ReadObject(text) == JsonReadStatus.End);

        valid.Should().BeInRange(200, 2_000);
        mutated.Should().BeInRange(20, 1_800);
    }

    private static bool Agrees(byte[] text)
    {
        List<JsonItem> members = [];
        bool accepted = JsonWalk.ReadObject(text, members) == JsonReadStatus.End;
        List<JsonItem>? expected = Utf8.IsValid(text) ? ReadWithOracle(text) : null;
        return accepted ? expected is not null && expected.SequenceEqual(members) : expected is null;
    }

    private static List<JsonItem>? ReadWithOracle(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, s_strict);
            ReadStrings(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(m => new JsonItem(m.Name, GetKind(m.Value), GetText(m.Value)))]
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void ReadStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        foreach (JsonElement inner in element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToArray() : [])
            ReadStrings(inner);
        foreach (JsonProperty member in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().ToArray() : [])
        {
            _ = member.Name;
            ReadStrings(member.Value);
        }
    }

    private static JsonKind GetKind(JsonElement element) => Enum.Parse<JsonKind>(element.ValueKind.ToString());

    private static string GetText(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static Gen<string> Value(int depth) => depth == 0 ? s_scalar : Gen.Frequency(
        (3, s_scalar), (1, Gen.OneOf(Members(depth - 1), Elements(depth - 1))));

    private static Gen<string> Elements(int depth) => Value(depth).Zip(s_blank, (value, blank) => blank + value + blank)
        .ListOf().Select(values => $"[{string.Join(',', values.Take(3))}]");

    private static Gen<string> Members(int depth) =>
        (from name in s_string from value in Value(depth) from blank in s_blank select $"{blank}{name}{blank}:{value}{blank}")
        .ListOf().Select(members => $"{{{string.Join(',', members.Take(4))}}}");

    // One or two bytes are inserted, removed, changed or repeated.
    private static Gen<byte[]> Mutated(Gen<byte[]> texts) =>
        from text in texts
        from once in Mutated(text)
        from edited in Gen.OneOf(Gen.Constant(once), Mutated(once))
        select edited;

    private static Gen<byte[]> Mutated(byte[] text) =>
        from at in Gen.Choose(0, Math.Max(0, text.Length - 1))
        from b in Gen.Elements(s_alphabet)
        from how in Gen.Choose(0, 3)
        select text.Length == 0 ? [b] : how switch
        {
            0 => [.. text[..at], b, .. text[at..]],
            1 => [.. text[..at], .. text[(at + 1)..]],
            2 => [.. text[..at], b, .. text[(at + 1)..]],
            _ => (byte[])[.. text[..at], text[at], .. text[at..]],
        };
}
