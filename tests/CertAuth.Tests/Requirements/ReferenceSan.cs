using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

/// <summary>A simple and slow reference implementation of SAN requirements. It uses regular expressions and is independent of the code
/// under test.</summary>
internal static partial class ReferenceSan
{
    /// <param name="required">The items: kind and text.</param>
    /// <param name="presented">The entries: kind and bytes, in the order of the certificate.</param>
    internal static bool IsMet(IEnumerable<(SanKind Kind, string Text)> required, IReadOnlyList<(SanKind Kind, byte[] Bytes)> presented) =>
        required.GroupBy(item => item.Kind).All(group =>
            group.Any(item => presented.Any(entry => entry.Kind == item.Kind && IsMet(item.Kind, item.Text, entry.Bytes))));

    internal static IEnumerable<(SanKind Kind, string Text)> ItemsOf(SanRequirement requirement) =>
        requirement.Items.Select(item => (item.Kind, item.Value));

    private static bool IsMet(SanKind kind, string required, byte[] bytes) => kind switch
    {
        SanKind.IpAddress => IPAddress.Parse(required).GetAddressBytes().SequenceEqual(bytes),
        SanKind.Dns => ToAsciiLower(required) == ToAsciiLower(Encoding.Latin1.GetString(bytes)),
        SanKind.Email => Encoding.Latin1.GetString(bytes).Split('@') is [{ } local, { } domain]
            && required.Split('@') is [{ } requiredLocal, { } requiredDomain]
            && local == requiredLocal && ToAsciiLower(domain) == ToAsciiLower(requiredDomain),
        SanKind.Uri => IsUriMet(required, Encoding.Latin1.GetString(bytes)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string ToAsciiLower(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));

    private static bool IsUriMet(string required, string presented)
    {
        Match requiredParts = UriParts().Match(required);
        Match presentedParts = UriParts().Match(presented);
        string path = requiredParts.Groups[5].Value;
        bool isPattern = Scheme().IsMatch(requiredParts.Groups[2].Value)
            && requiredParts.Groups[4].Length > 0
            && path.Split('/').Contains("*");
        if (!isPattern || !presentedParts.Success)
            return required == presented;

        string[] requiredSegments = path.Split('/');
        string[] presentedSegments = presentedParts.Groups[5].Value.Split('/');
        return new[] { 1, 3, 6, 8 }.All(part =>
            requiredParts.Groups[part].Success == presentedParts.Groups[part].Success
            && requiredParts.Groups[part].Value == presentedParts.Groups[part].Value)
            && requiredSegments.Length == presentedSegments.Length
            && requiredSegments.Zip(presentedSegments).All(pair => pair.First == "*" ? IsOrdinary(pair.Second) : pair.First == pair.Second);
    }

    private static bool IsOrdinary(string segment) =>
        Pchars().IsMatch(segment) && !DotSegment().IsMatch(segment) && !EncodedSeparator().IsMatch(segment);

    // RFC 3986, appendix B.
    [GeneratedRegex(@"\A(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?\z", RegexOptions.Singleline)]
    private static partial Regex UriParts();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*\z")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+\z")]
    private static partial Regex Pchars();

    [GeneratedRegex(@"\A(\.|%2[Ee]){1,2}\z")]
    private static partial Regex DotSegment();

    [GeneratedRegex("%(00|2[Ff]|5[Cc])")]
    private static partial Regex EncodedSeparator();
}
