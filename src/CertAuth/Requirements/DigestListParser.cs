using System.Collections.Immutable;

namespace CertAuth.Requirements;

/// <summary>Parses SHA-256 digests that are separated by commas, with white space around each.</summary>
internal readonly ref struct DigestListParser(ReadOnlySpan<char> text)
{
    private const string WhiteSpace = " \t\n\r\f\v";

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Returns the digests in the order of the text; empty and the first error if one is malformed.</summary>
    internal ImmutableArray<Sha256Digest> Parse(out DigestError error)
    {
        ImmutableArray<Sha256Digest>.Builder digests = ImmutableArray.CreateBuilder<Sha256Digest>();
        foreach (Range range in _text.Split(','))
        {
            ReadOnlySpan<char> item = _text[range].TrimStart(WhiteSpace);
            int index = range.End.GetOffset(_text.Length) - item.Length;
            item = item.TrimEnd(WhiteSpace);
            if (digests.Count == RequirementBounds.MaxDigests)
            {
                error = new(DigestErrorKind.TooManyDigests, index);
                return [];
            }

            bool isParsed = Sha256Digest.TryParse(item, out Sha256Digest digest, out error);
            if (isParsed && digests.Contains(digest))
                error = new(DigestErrorKind.RepeatedDigest, 0);
            if (error.Kind != DigestErrorKind.None)
            {
                error = new(error.Kind, index + error.Index);
                return [];
            }

            digests.Add(digest);
        }

        error = default;
        return digests.ToImmutable();
    }
}
