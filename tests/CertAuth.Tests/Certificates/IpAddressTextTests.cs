using System.Globalization;
using System.Net;
using CertAuth.Certificates;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Certificates;

/// <summary>IP addresses as text, compared with the more lenient parser of .NET. <c>sans.tsv</c> lists texts that are rejected.</summary>
public sealed class IpAddressTextTests
{
    [Fact]
    public void ParseOrNull_ReadsEveryValidForm() => Prop.ForAll(
        Generators.Address.Zip(Gen.Choose(0, 1_000_000)).ToArbitrary(),
        c => Format(c.Item1, new(c.Item2)).All(text => IpAddressText.ParseOrNull(text) is { } bytes
            && bytes.SequenceEqual(c.Item1.GetAddressBytes())
            && IPAddress.TryParse(text, out IPAddress? oracle) && oracle.GetAddressBytes().SequenceEqual(bytes)))
            .Check(Generators.Times(5000));

    [Fact]
    public void ParseOrNull_AcceptsOnlyWhatDotNetAccepts() => Prop.ForAll(
        (from address in Generators.Address
         from seed in Gen.Choose(0, 1_000_000)
         from mutated in Generators.Mutated(Gen.Constant(Format(address, new(seed)).Last()), "0123456789abfFgx:.:.%[]/ -+")
         select mutated.Replace(Generators.Marker, "", StringComparison.Ordinal)).ToArbitrary(),
        text => IpAddressText.ParseOrNull(text) is not { } bytes
            || (IPAddress.TryParse(text, out IPAddress? oracle) && oracle.GetAddressBytes().SequenceEqual(bytes)))
            .Check(Generators.Times(10_000));

    [Theory]
    [InlineData("1.2.3.4\0")]
    [InlineData("1\0.2.3.4")]
    [InlineData("::1\0")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4\n")]
    [InlineData("::\u0661")]
    [InlineData("\u0661.2.3.4")]
    [InlineData("")]
    public void ParseOrNull_RejectsWhatTheNumberParsersOfDotNetAccept(string text) => IpAddressText.ParseOrNull(text).Should().BeNull();

    // The canonical form, all groups in full, the last two groups in dotted decimal, and "::" for groups of zeros.
    private static IEnumerable<string> Format(IPAddress address, Random random)
    {
        yield return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
            yield break;

        string[] formats = ["x", "X", "x4", "X4"];
        string[] groups = [.. Enumerable.Range(0, 8).Select(i =>
            ((bytes[2 * i] << 8) | bytes[2 * i + 1]).ToString(formats[random.Next(4)], CultureInfo.InvariantCulture))];
        yield return string.Join(':', groups);

        string ipv4 = string.Join('.', bytes[12..]);
        yield return $"{string.Join(':', groups[..6])}:{ipv4}";

        int first = random.Next(8);
        int zeros = Enumerable.Range(first, 8 - first).TakeWhile(i => bytes[2 * i] == 0 && bytes[2 * i + 1] == 0).Count();
        if (zeros > 0)
            yield return $"{string.Join(':', groups[..first])}::{string.Join(':', groups[(first + zeros)..])}";
        if (zeros > 0 && first + zeros < 6)
            yield return $"{string.Join(':', groups[..first])}::{string.Join(':', groups[(first + zeros)..6])}:{ipv4}";
    }
}
