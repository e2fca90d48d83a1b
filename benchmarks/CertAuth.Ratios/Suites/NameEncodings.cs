namespace CertAuth.Ratios.Suites;

/// <summary>Encodings of one name that differ only in the string types of its values and therefore have equal lengths.</summary>
internal static class NameEncodings
{
    private static readonly TestStringType[] s_types =
        [TestStringType.Utf8, TestStringType.Printable, TestStringType.Ia5, TestStringType.Visible];

    private static readonly (string Type, string Value)[] s_usual =
    [
        ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP Inc."), ("OU", "TiDB"), ("CN", "tpch-user1"),
        ("emailAddress", "zz@pingcap.com"),
    ];

    /// <summary>Returns a name of a number of RDNs: the seven of a typical one, followed by organizational units.</summary>
    internal static (string Type, string Value)[] Attributes(int rdns) =>
        [.. Enumerable.Range(0, rdns).Select(i => i < s_usual.Length ? s_usual[i] : ("OU", $"unit {i}"))];

    /// <summary>Returns the name as canonical text.</summary>
    internal static string Text((string Type, string Value)[] attributes) => string.Concat(attributes.Select(a => $"/{a.Type}={a.Value}"));

    /// <summary>Returns the name with another last character.</summary>
    internal static (string Type, string Value)[] Other((string Type, string Value)[] attributes) =>
        [.. attributes[..^1], (attributes[^1].Type, attributes[^1].Value[..^1] + "X")];

    /// <summary>Returns encodings other than that of <see cref="First"/>. Of 64 encodings, some repeat if the name has fewer than four
    /// RDNs; a single RDN has only three.</summary>
    internal static TestName[] Others((string Type, string Value)[] attributes, int count)
    {
        // Two types are closer to real certificates, but a short name needs more types for enough encodings.
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
