using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>A required name, compiled to be compared with a certificate's DER in place.</summary>
/// <remarks>
/// <code>
/// Required       Presented                  Match  Why
/// /CN=a          CN in any string type      yes    the text is compared, not its encoding
/// /CN=a          /cn=a written so           yes    types are object identifiers
/// /CN=a          CN = "A"                   no     case counts
/// /CN=a+OU=b     {OU=b, CN=a}               yes    an RDN is a set
/// /CN=a+CN=a     {CN=a, CN=b}               no     a multiset: each counts as often as it stands
/// /CN=a/OU=b     {CN=a, OU=b} in one RDN    no     structure counts
/// /O=x/CN=a      UID=evil, O=x, CN=a        no     every attribute counts
/// </code>
/// </remarks>
internal sealed class NameMatcher(ImmutableArray<RelativeDistinguishedName> rdns)
{
    /// <summary>Longest name that is remembered, in octets.</summary>
    private const int MaxRemembered = 2048;

    private readonly RequiredRdn[] _rdns = [.. rdns.Select(rdn => new RequiredRdn(rdn))];

    // The encoding that matched first; written once. Certificates of one client mostly repeat it, and equal octets need no walk.
    private byte[]? _matchedBefore;

    internal bool Matches(ReadOnlySpan<byte> encodedName)
    {
        if (_matchedBefore is { } seen && encodedName.SequenceEqual(seen))
            return true;
        if (!Walk(encodedName))
            return false;

        if (_matchedBefore is null && encodedName.Length <= MaxRemembered)
            Interlocked.CompareExchange(ref _matchedBefore, encodedName.ToArray(), null);
        return true;
    }

    private bool Walk(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        foreach (RequiredRdn required in _rdns)
        {
            if (!required.TrySkip(ref reader))
                return false;
        }

        return reader.IsAtEnd;
    }
}
