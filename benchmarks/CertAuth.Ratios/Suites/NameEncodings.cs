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
        byte[] first = First(attributes).Encode();
        return [.. Enumerable.Range(1, int.MaxValue - 1).Select(number => Encode(attributes, number))
            .Where(name => !name.Encode().AsSpan().SequenceEqual(first)).Take(count)];
    }

    internal static TestName First((string Type, string Value)[] attributes) => Encode(attributes, 0);

    // Two types are closer to real certificates, but a short name needs more types for enough encodings. Each RDN has its bits of the
    // number.
    private static TestName Encode((string Type, string Value)[] attributes, long number)
    {
        int bits = attributes.Length < s_usual.Length ? 2 : 1;
        return TestName.FromRdns([.. attributes.Select((a, i) => new TestRdn(new TestNameAttribute(
            a.Type, a.Value, s_types[(number >> Math.Min(i * bits, 62)) & ((1 << bits) - 1)])))]);
    }
}
