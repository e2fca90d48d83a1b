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

        int matched = 0;
        while (!reader.IsAtEnd)
        {
            RequiredRdn? next = matched < _rdns.Length ? _rdns[matched] : null;
            if (next?.TryMatchCommon(ref reader) == true || TryMatchOrSkip(next, ref reader, out bool isWellFormed))
                matched++;
            else if (!isWellFormed)
                return false;
        }

        return matched == _rdns.Length;
    }

    // Moves past the next RDN. A malformed name meets no requirement, so an RDN that does not match must be well-formed as well.
    private static bool TryMatchOrSkip(RequiredRdn? required, ref NameReader reader, out bool isWellFormed)
    {
        bool isMatch;
        if (reader.TryReadSingle(out RawAttribute single))
        {
            isMatch = required?.Matches(in single) == true;
            isWellFormed = isMatch || AttributeText.IsValid(single.Tag, single.Value);
            return isMatch;
        }

        NameReader next = reader;
        isMatch = required?.TryMatchNext(ref next) == true;
        isWellFormed = isMatch || TrySkipRdn(ref reader);
        if (isMatch)
            reader = next;
        return isMatch;
    }

    private static bool TrySkipRdn(ref NameReader reader)
    {
        do
        {
            if (!reader.TryRead(out RawAttribute attribute, out _) || !AttributeText.IsValid(attribute.Tag, attribute.Value))
                return false;
        }
        while (!reader.IsBetweenRdns);
        return true;
    }

    private bool MatchesStructure(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        foreach (RequiredRdn required in _rdns)
        {
            if (!required.TryMatchNext(ref reader))
                return false;
        }

        return reader.IsAtEnd;
    }
}
