using CertAuth.Names;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

/// <summary>Names that operators paste from the output of OpenSSL. For each, one of three holds: the certificate meets the pasted name, the
/// text is rejected with a hint, or OpenSSL prints the same text for two names.</summary>
public sealed class OpenSslPastingTests(ITestOutputHelper log)
{
    private const string Seds = "seds", Compat = "compat";

    private static readonly TsvFile s_exceptions = new("CertAuth.Tests/Names/openssl-pasting-exceptions.tsv");

    private static NameVector[] Loaded => [.. NameVector.File.All.Where(vector => vector.Parses)];

    [Fact]
    public void TryParse_AcceptsTheOutputOfTheDocumentedSedScripts()
    {
        NameVector[] vectors = Loaded;
        string[] texts = OpenSslSubjects.PrintThroughSeds([.. vectors.Select(vector => vector.DerB64)]);

        vectors.Zip(texts).Should().AllSatisfy(pair => pair.Second.Should().Be(pair.First.SubjectSeedSed ?? pair.Second));
        Check(Seds, vectors, texts, OpenSslSubjects.PrintThroughSeds, new(Met: 232, Errors: 97, Ambiguous: 22));
    }

    [Fact]
    public void TryParse_AcceptsCompatOutput()
    {
        NameVector[] vectors = Loaded;
        string[] texts = OpenSslSubjects.PrintCompat([.. vectors.Select(vector => vector.DerB64)]);

        vectors.Zip(texts).Should().AllSatisfy(pair => pair.Second.Should().Be(pair.First.SubjectOneline));
        Check(Compat, vectors, texts, OpenSslSubjects.PrintCompat, new(Met: 226, Errors: 84, Ambiguous: 41));
    }

    // OpenSSL's compat form does not escape a backslash. Before some characters, a backslash looks like an escape.
    [Fact]
    public void Exceptions_AreNamesWithABackslash()
    {
        foreach (string id in s_exceptions.Ids)
        {
            id.Should().StartWith(Compat);
            NameVector vector = NameVector.File[id[(Compat + " of ").Length..]];
            vector.SubjectStructure!.Should().Contain(rdn => rdn.Any(attribute => attribute.ValueB64.Contains((byte)'\\')));
        }
    }

    private void Check(
        string format, NameVector[] vectors, string[] texts, Func<IReadOnlyList<byte[]>, string[]> print, Counts expected)
    {
        Pasted[] pasted = [.. vectors.Zip(texts, Paste)];
        Pasted[] matched = [.. pasted.Where(item => item.Requirement is not null)];

        // Checks whether OpenSSL prints the same text for a certificate with the parsed name.
        string[] printed = print([.. matched.Select(item => CraftedCertificate.WithSubject(Encode(item.Requirement!)))]);
        HashSet<string> wrong = [];
        foreach ((Pasted item, string again) in matched.Zip(printed))
        {
            bool isSame = ReferenceName.Read(item.Vector.Subject)?.Key == ReferenceName.From(item.Requirement!).Key;
            if (isSame != item.IsMet || (!isSame && again != item.Text) || MeetsOthers(item, vectors, texts))
                wrong.Add($"{format} of {item.Vector.Id}");
        }

        IEnumerable<Pasted> unmet = pasted.Where(item => !item.IsMet && IsOrdinary(item.Vector, format));
        wrong.UnionWith(unmet.Select(item => $"{format} of {item.Vector.Id}"));
        Counts counts = new(
            pasted.Count(item => item.IsMet), pasted.Count(item => item.Requirement is null), matched.Count(item => !item.IsMet));
        log.WriteLine($"{format}: {counts}; exceptions: {string.Join(", ", wrong)}");
        wrong.Order().Should().Equal(s_exceptions.Ids.Where(id => id.StartsWith(format, StringComparison.Ordinal)).Order());
        counts.Should().Be(expected);
    }

    private static Pasted Paste(NameVector vector, string text)
    {
        bool parsed = DistinguishedName.TryParse(text, out DistinguishedName? requirement, out NameError error);

        (error.Kind == NameErrorKind.None).Should().Be(parsed);
        error.ToString().Should().NotBeNullOrEmpty();
        return new(vector, text, requirement, requirement?.MatchesDer(vector.Subject) == true);
    }

    // Returns whether the pasted name accepts another certificate with another name, for which OpenSSL prints another text.
    private static bool MeetsOthers(Pasted item, NameVector[] vectors, string[] texts) => vectors.Zip(texts).Any(other =>
        item.Requirement!.MatchesDer(other.First.Subject) && other.Second != item.Text
        && ReferenceName.Read(other.First.Subject)?.Key != ReferenceName.Read(item.Vector.Subject)?.Key);

    // Each RDN has one attribute: a string of UTF-8 or of single bytes, without backslashes and without text that OpenSSL quotes.
    private static bool IsOrdinary(NameVector vector, string format) => vector.SubjectStructure is { Count: > 0 } structure
        && ReferenceName.Read(vector.Subject) is { } name
        && structure.All(rdn => rdn.Count == 1 && rdn[0].Tag is Utf8 or Printable or Ia5 or T61 or Numeric)
        && name.Rdns.Zip(structure).All(rdn => rdn.First[0].Oid.Length < 80
            && (format == Compat ? IsOrdinaryInCompat(rdn.First[0].Text!, rdn.Second[0].Tag) : IsOrdinaryInSeds(rdn.First[0].Text!)));

    // OpenSSL prints the raw bytes, which are UTF-8 only if the type is UTF8String.
    private static bool IsOrdinaryInCompat(string text, byte tag) =>
        !text.Contains('\\', StringComparison.Ordinal) && text is not ['#' or '"', ..] && (tag == Utf8 || text.All(char.IsAscii));

    // OpenSSL's display form prints decoded text (RFC 2253, with quotes) and does not escape slashes, which the sed scripts write for
    // commas.
    private static bool IsOrdinaryInSeds(string text) => text.IndexOfAny(['\\', ',', '+', '"', '<', '>', ';']) < 0
        && text is not (['#' or ' ', ..] or [.., ' '])
        && !text.Contains(" = ", StringComparison.Ordinal)
        && (text.IndexOf('/', StringComparison.Ordinal) < 0 || text.IndexOf('=', StringComparison.Ordinal) < 0);

    private static byte[] Encode(DistinguishedName name) => Name([.. name.Rdns.Select(rdn => Rdn([.. rdn.Attributes.Select(attribute =>
        attribute.Value is { } text ? Attribute(attribute.Oid, text) : Sequence(Oid(attribute.Oid), attribute.EncodedValue.ToArray()))]))]);

    private sealed record Pasted(NameVector Vector, string Text, DistinguishedName? Requirement, bool IsMet);

    private sealed record Counts(int Met, int Errors, int Ambiguous);
}
