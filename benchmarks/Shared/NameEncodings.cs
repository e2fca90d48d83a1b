using CertAuth.Testing;

namespace CertAuth.Benchmarks;

/// <summary>Encodings of one name that differ in the string types of its values alone, and so in no length.</summary>
internal static class NameEncodings
{
    private static readonly TestStringType[] s_types = [TestStringType.Utf8, TestStringType.Printable, TestStringType.Ia5, TestStringType.Visible];

    private static readonly (string Type, string Value)[] s_usual =
    [
        ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP Inc."), ("OU", "TiDB"), ("CN", "tpch-user1"),
        ("emailAddress", "zz@pingcap.com"),
    ];

    /// <summary>A name of so many RDNs: the seven of a usual one, and organizational units.</summary>
    internal static (string Type, string Value)[] Attributes(int rdns) =>
        [.. Enumerable.Range(0, rdns).Select(i => i < s_usual.Length ? s_usual[i] : ("OU", $"unit {i}"))];

    /// <summary>The same name with another last letter.</summary>
    internal static (string Type, string Value)[] Other((string Type, string Value)[] attributes) =>
        [.. attributes[..^1], (attributes[^1].Type, attributes[^1].Value[..^1] + "X")];

    /// <summary>Encodings in turn, none of them the first, which <see cref="First"/> gives: all different from six RDNs on, three for a single one.</summary>
    internal static TestName[] Others((string Type, string Value)[] attributes, int count)
    {
        // Two types are more like certificates, but a short name needs more to have enough encodings.
        int types = attributes.Length < 7 ? s_types.Length : 2;
        return [.. Enumerable.Range(1, int.MaxValue - 1).Select(number => Digits(attributes.Length, types, number))
            .Where(digits => digits.Any(digit => digit > 0)).Take(count).Select(digits => Encode(attributes, digits))];
    }

    internal static TestName First((string Type, string Value)[] attributes) => Encode(attributes, new int[attributes.Length]);

    private static TestName Encode((string Type, string Value)[] attributes, int[] types) =>
        TestName.FromRdns([.. attributes.Zip(types, (a, type) => new TestRdn(new TestNameAttribute(a.Type, a.Value, s_types[type])))]);

    private static int[] Digits(int length, int radix, int number)
    {
        int[] digits = new int[length];
        for (int i = 0; i < length; i++, number /= radix)
            digits[i] = number % radix;
        return digits;
    }
}
