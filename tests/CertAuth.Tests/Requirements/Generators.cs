using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

/// <summary>Random requirements, in which difficult characters and structures are frequent.</summary>
internal static class Generators
{
    /// <summary>A text that every mutated text contains. No error message may contain it.</summary>
    internal const string Marker = "q7Z9q";

    private static readonly string[] s_chunks =
    [
        "a", "B c", " ", "  ", "'", "''", "\"", "\\", "\\\\", "/", "+", "=", ",", "#", ":", ";", "%", "_", "\n", "\r", "\t", "\0",
        "\u001A", "\b",
        "\u007F", "\u0085", "\u202E", "é", "😀", "\\n", "\\x0A", "/CN=", "+OU=", " / O =", "' AND SUBJECT '/CN=a", "-- ", "/* */", "*",
        "{}",
    ];

    private static readonly string[] s_types = ["C", "ST", "L", "O", "OU", "CN", "emailAddress", "serialNumber", "DC", "UID", "1.2.3.4"];

    private static readonly string[] s_sanChunks =
    [
        "a", "b", "A", "*", "/", "//", "://", ":", "?", "#", ",", "\\", "\\\\", ".", "..", "%2e", "%2E", "%2f", "%00", "%5C", "%41",
        "%", " ", "@",
        "'", "~",
        "spiffe://d", "spiffe://d/*", "urn:", "DNS:", ", URI:",
    ];

    private static readonly string[] s_segments =
    [
        "a", "b", "*", "**", "a*", "", ".", "..", "%2e", ".%2E", "%2f", "%5c", "%00", "%41", "a b", "a%", "a:@b", "\"", "\\",
    ];

    internal static Gen<string> HostileText { get; } = Gen.Elements(s_chunks).ListOf().Select(chunks => string.Concat(chunks.Take(12)));

    internal static Gen<DistinguishedName> Name { get; } = (
        from count in Gen.Choose(0, 4)
        from rdns in Rdn().ListOf(count)
        select ReadName(TestName.FromRdns([.. rdns]))).Where(name => name.ToString().Length > 0);

    internal static Gen<(SanKind Kind, string Text)> SanItem { get; } = Gen.Frequency(
        (3, SanText().Select(text => (SanKind.Uri, text))),
        (3, Uri().Select(text => (SanKind.Uri, text))),
        (3, SanText().Select(text => (SanKind.Dns, text))),
        (2, Address.Select(address => (SanKind.IpAddress, address.ToString()))),
        (2, Gen.Elements("a@b", "A@b", "a.b@B", "a@b.c").Select(text => (SanKind.Email, text))));

    /// <summary>Generates the items of the types that a proxy forwards.</summary>
    internal static Gen<(SanKind Kind, string Text)> ForwardedSanItem => SanItem.Where(item => item.Kind != SanKind.Email);

    internal static Gen<IPAddress> Address => Gen.OneOf(
        Bytes(4, 1).Select(bytes => new IPAddress(bytes)),
        Bytes(16, 1).Select(bytes => new IPAddress(bytes)),
        Bytes(16, 4).Select(bytes => new IPAddress(bytes)),
        Bytes(4, 2).Select(bytes => new IPAddress(bytes).MapToIPv6()));

    internal static Gen<(IReadOnlyList<(SanKind Kind, string Text)> Required, IReadOnlyList<(SanKind Kind, string Text)> Presented)>
        SanCases
    { get; } =
        from required in SanItem.NonEmptyListOf()
        from others in SanItem.ListOf()
        from choices in Gen.Choose(0, 3).ListOf(required.Count)
        from many in Gen.Frequency((30, Gen.Constant(0)), (1, Gen.Constant(500)))
        let same = required.Where((_, i) => choices[i] == 0)
        let starred = required.Where((_, i) => choices[i] == 1)
            .Select(item => (item.Kind, item.Text.Replace("*", "s", StringComparison.Ordinal)))
        let filler = Enumerable.Range(0, many).Select(i => (SanKind.Dns, $"h{i}"))
        select ((IReadOnlyList<(SanKind, string)>)[.. required],
            (IReadOnlyList<(SanKind, string)>)[.. others, .. filler, .. same, .. starred]);

    /// <summary>Generates requirements of every kind except malformed ones. Each can be stored and written as a clause.</summary>
    internal static Gen<LoginRequirement> Requirement { get; } = Gen.Frequency(
        (1, Gen.Elements(LoginRequirement.None, LoginRequirement.Ssl, LoginRequirement.X509)),
        (2,
            from kind in Gen.Elements(RequirementKind.None, RequirementKind.Ssl, RequirementKind.X509)
            from token in HostileText.Where(text => text.Length > 0)
            select new LoginRequirement(new(kind, [])).WithTokenIssuer(token)),
        (9, from alternative in Alternative from token in Maybe(HostileText) select alternative.WithTokenIssuer(token)),
        (3,
            from alternatives in Alternative.ListOf()
            from token in Maybe(HostileText)
            let distinct = alternatives.DistinctBy(alternative => alternative.Alternatives[0]).Take(16).ToArray()
            where distinct.Length > 0
            select LoginRequirement.AnyOf(distinct).WithTokenIssuer(token)));

    /// <summary>Generates requirements with one alternative and without a token issuer.</summary>
    internal static Gen<LoginRequirement> Alternative => (
        from cipher in Maybe(Gen.Elements(Enum.GetValues<TlsCipherSuite>()).NonEmptyListOf(), suites => new CipherOption([.. suites]))
        from issuer in Maybe(Name, name => new IssuerOption(name))
        from issuerKey in Maybe(Digests, digests => new IssuerKeyOption(digests))
        from subject in Maybe(Name, name => new SubjectOption(name))
        from parts in Maybe(Name, name => new SubjectContainsOption(name))
        from san in Maybe(SanItem.NonEmptyListOf(), items => new SanOption(SanRequirement.Parse(Write([.. items]))))
        from certificate in Maybe(Digests, digests => new CertificateOption(digests))
        from publicKey in Maybe(Digests, digests => new PublicKeyOption(digests))
        select new[] { cipher, issuer, issuerKey, subject, parts, san, certificate, publicKey }.OfType<RequirementOption>().ToArray())
        .Where(options => options.Length > 0)
        .Select(options => LoginRequirement.Of(options));

    /// <summary>Returns a form in which the requirement can be stored: TiDB's if TiDB enforces it.</summary>
    internal static StoredRequirement Store(LoginRequirement requirement) =>
        requirement.ToStored(requirement.IsTidbCompatible ? StoredRequirementFormat.Tidb : StoredRequirementFormat.CertAuth);

    private static Gen<ImmutableArray<Sha256Digest>> Digests =>
        Bytes(32, 8).NonEmptyListOf().Select(list => list.Select(bytes => new Sha256Digest(bytes)).Distinct().Take(16).ToImmutableArray());

    internal static Config Times(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true);

    /// <summary>Returns the text of a SAN requirement, not in canonical form.</summary>
    internal static string Write(IEnumerable<(SanKind Kind, string Text)> items) => string.Join(", ", items.Select(item =>
    {
        string text = item.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);
        return $"{(item.Kind == SanKind.IpAddress ? "IP Address" : item.Kind.ToString())}:{text}";
    }));

    /// <summary>Returns the name of a certificate that an item describes.</summary>
    internal static TestSan CreateSan((SanKind Kind, string Text) item) => item.Kind switch
    {
        SanKind.Uri => TestSan.Uri(item.Text),
        SanKind.Dns => TestSan.Dns(item.Text),
        SanKind.Email => TestSan.Email(item.Text),
        SanKind.IpAddress => TestSan.Ip(IPAddress.Parse(item.Text)),
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    /// <summary>Generates texts with a few characters changed and the marker inserted.</summary>
    internal static Gen<string> Mutated(Gen<string> texts, string alphabet) =>
        from text in texts
        from edits in Gen.Choose(0, 1000).Two().Zip(Gen.Elements(alphabet.ToCharArray()).Zip(Gen.Choose(0, 4))).ListOf(3)
        from count in Gen.Choose(0, 3)
        from marker in Gen.Choose(0, 1000)
        let mutated = edits.Take(count).Aggregate(text, (t, edit) => Edit(t, edit.Item1.Item1, edit.Item2.Item1, edit.Item2.Item2))
        select mutated.Insert(marker * mutated.Length / 1000, Marker);

    private static string Edit(string text, int permille, char c, int kind)
    {
        int at = permille * text.Length / 1000;
        return kind switch
        {
            0 => text.Insert(at, c.ToString()),
            1 when at < text.Length => text.Remove(at, 1),
            2 when at < text.Length => text.Remove(at, 1).Insert(at, c.ToString()),
            3 => text[..at],
            _ => text + text[at..],
        };
    }

    private static Gen<string> SanText() => Gen.Elements(s_sanChunks).NonEmptyListOf()
        .Select(chunks => string.Concat(chunks.Take(8)).Trim(' '))
        .Where(text => text.Length > 0);

    private static Gen<string> Uri() =>
        from head in Gen.Elements("spiffe://d", "spiffe://d", "x://h:1", "x://", "urn:x", "//h", "1x://h", "spiffe://*")
        from segments in Gen.Elements(s_segments).NonEmptyListOf()
        from tail in Gen.Elements("", "", "", "?q", "?*", "#f", "?a/*#/*")
        select $"{head}/{string.Join('/', segments.Take(4))}{tail}".Trim(' ');

    private static Gen<byte[]> Bytes(int count, int zeros) =>
        Gen.Frequency((1, Gen.Choose(0, 255)), (zeros, Gen.Constant(0))).ListOf(count)
            .Select(bytes => bytes.Select(b => (byte)b).ToArray());

    private static Gen<TestRdn> Rdn() =>
        from attributes in NameAttribute().NonEmptyListOf()
        select new TestRdn([.. attributes.Take(3)]);

    private static Gen<TestNameAttribute> NameAttribute() => Gen.Frequency(
        (8, from type in Gen.Elements(s_types) from value in HostileText select new TestNameAttribute(type, value, TestStringType.Utf8)),
        (1, from type in Gen.Elements(s_types) from value in Gen.Choose(0, 255) select TestNameAttribute.Raw(type, 0x04, [(byte)value])));

    private static DistinguishedName ReadName(TestName name)
    {
        Assert.True(DistinguishedName.TryParseDer(name.Encode(), out DistinguishedName? read, out NameError error), error.ToString());
        return read;
    }

    private static Gen<string?> Maybe(Gen<string> texts) => Gen.OneOf(Gen.Constant<string?>(null), texts.Select(text => (string?)text));

    private static Gen<RequirementOption?> Maybe<T>(Gen<T> values, Func<T, RequirementOption> create) =>
        Gen.Frequency((2, Gen.Constant<RequirementOption?>(null)), (1, values.Select(value => (RequirementOption?)create(value))));
}
