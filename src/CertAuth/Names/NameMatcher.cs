using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>A required name, prepared for comparison with the DER of a certificate in place.</summary>
/// <remarks>
/// <code>
/// Required       Presented                  Match  Why
/// /CN=a          CN = "a" in any encoding   yes    the text is compared, not its string type
/// /cn=a          CN = "a"                   yes    types are object identifiers
/// /CN=a          CN = "A"                   no     case is significant
/// /CN=a+OU=b     {OU=b, CN=a}               yes    an RDN is a set
/// /CN=a+CN=a     {CN=a, CN=b}               no     an RDN is a multiset
/// /CN=a/OU=b     {CN=a, OU=b} in one RDN    no     structure is significant
/// /O=x/CN=a      UID=evil, O=x, CN=a        no     every attribute is significant
/// </code>
/// </remarks>
internal sealed class NameMatcher(ImmutableArray<RelativeDistinguishedName> rdns)
{
    private readonly RequiredRdn[] _rdns = [.. rdns.Select(rdn => new RequiredRdn(rdn))];

    // The first encoding that matched, written once. The certificates of one client usually have the same encoding, and equal bytes need
    // no structural comparison.
    private byte[]? _firstMatch;

    internal bool Matches(ReadOnlySpan<byte> encodedName)
    {
        if (_firstMatch is { } seen && encodedName.SequenceEqual(seen))
            return true;
        if (!MatchesStructure(encodedName))
            return false;

        if (_firstMatch is null && encodedName.Length <= NameBounds.MaxRememberedBytes)
            Interlocked.CompareExchange(ref _firstMatch, encodedName.ToArray(), null);
        return true;
    }

    /// <summary>Returns whether the name has the required RDNs in their order, with or without others before, between and after them.
    /// Linear: each RDN of the name is compared with one required RDN.</summary>
    internal bool IsContainedIn(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        int matched = SkipCommon(ref reader, 0);
        while (matched < _rdns.Length && !reader.IsAtEnd)
        {
            NameReader next = reader;
            bool isMatch = !_rdns[matched].DiffersCommonly(reader.Rest) && _rdns[matched].TryMatchNext(ref next);
            if (isMatch)
                reader = next;
            else if (!reader.TrySkipRdn())
                return false;
            matched = SkipCommon(ref reader, isMatch ? matched + 1 : matched);
        }

        // A malformed name meets no requirement, so the RDNs that were not compared must be well-formed as well.
        return matched == _rdns.Length && DistinguishedName.IsWellFormedDer(encodedName);
    }

    private bool MatchesStructure(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        int matched = SkipCommon(ref reader, 0);
        while (matched < _rdns.Length)
        {
            if (!_rdns[matched].TryMatchNext(ref reader))
                return false;
            matched = SkipCommon(ref reader, matched + 1);
        }

        return reader.IsAtEnd;
    }

    // Moves past the RDNs that have the common encoding of the required ones, from the given one on. Returns the number of required RDNs
    // that have been found.
    private int SkipCommon(ref NameReader reader, int matched)
    {
        ReadOnlySpan<byte> start = reader.Rest, rest = start;
        RequiredRdn[] rdns = _rdns;
        while (matched < rdns.Length && rdns[matched].GetCommonLength(rest) is > 0 and var length)
        {
            rest = rest[length..];
            matched++;
        }

        reader.Skip(start.Length - rest.Length);
        return matched;
    }
}
