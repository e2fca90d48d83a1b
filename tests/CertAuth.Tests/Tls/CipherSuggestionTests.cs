using System.Net.Security;
using CertAuth.Requirements;
using CertAuth.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Tls;

/// <summary>The suggestions for unknown cipher suites are neither weak suites nor suites that servers no longer offer.</summary>
public sealed class CipherSuggestionTests
{
    // TLS 1.3 without CCM; TLS 1.2 with ECDHE and an AEAD cipher (RFC 9325, 4.2; RFC 7905).
    private const string Good = "^TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384)$";

    private static readonly TlsCipherSuite[] s_suites = Enum.GetValues<TlsCipherSuite>();

    private static readonly string[] s_knownNames =
        [.. s_suites.Select(CipherSuites.GetIanaName).Concat(s_suites.Select(CipherSuites.GetOpenSslName)).Distinct()];

    [Theory]
    [InlineData("AES", "TLS_AES_256_GCM_SHA384")]
    [InlineData("AES128", "TLS_AES_128_GCM_SHA256")]
    [InlineData("AES256-GCM-SHA383", "TLS_AES_256_GCM_SHA384")]
    [InlineData("CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305")]
    [InlineData("AES_128_GCM", "TLS_AES_128_GCM_SHA256")]
    [InlineData("ECDHE", "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("ecdhe_rsa_aes128_gcm_sha256", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA255", "ECDHE-ECDSA-AES128-GCM-SHA256")]
    [InlineData("DHE-RSA-AES256-GCM-SHA385", "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("TLS_ECDHE_RSA_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [InlineData("TLS_RSA_WITH_AES_128_GCM_SHA255", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    public void TryParseList_SuggestsTheNearestSuiteInUseToday(string name, string suggestion)
    {
        CipherSuites.TryParseList(name, out _, out CipherListError error).Should().BeFalse();

        error.Suggestion.Should().Be(suggestion);
    }

    // Names for which weak suites were suggested earlier.
    [Theory]
    [InlineData("RC4")]
    [InlineData("DES")]
    [InlineData("NULL")]
    [InlineData("EXPORT")]
    [InlineData("PSK")]
    [InlineData("ADH-AES128-SHA1")]
    [InlineData("RC4-SHA1")]
    [InlineData("DES-CBC3-SHA1")]
    [InlineData("0x1301")]
    [InlineData("x")]
    public void TryParseList_NeverSuggestsAWeakSuite(string name) => GetSuggestion(name).Should().MatchRegex(Good);

    [Fact]
    public void TryParseList_NeverSuggestsAWeakSuite_ForAnyMisspelledName()
    {
        foreach (string known in s_knownNames)
        {
            string[] misspelled = [$"{known}x", known[1..], $"x{known}", known[..^1], known.Replace('_', '-').Replace('-', ' ')];
            foreach (string name in misspelled)
            {
                if (!CipherSuites.TryParseName(name, out _))
                    GetSuggestion(name).Should().MatchRegex(Good, "{0} is unknown", name);
            }
        }
    }

    [Fact]
    public void TryParseList_NeverSuggestsAWeakSuite_ForAnyText() => Prop.ForAll<NonEmptyString>(text =>
        !CipherSuites.TryParseList(text.Get, out _, out CipherListError error) && error.Suggestion is { } suggestion
            ? System.Text.RegularExpressions.Regex.IsMatch(GetIanaName(suggestion), Good)
            : true).QuickCheckThrowOnFailure();

    [Fact]
    public void ToString_OfARequirementError_ContainsTheSuggestion()
    {
        LoginRequirement.TryParse("REQUIRE CIPHER 'AES'", out _, out RequirementError error).Should().BeFalse();

        error.ToString().Should().Be(
            "CIPHER: The cipher suite at index 16 is unknown; the nearest name of a suite in use today is TLS_AES_256_GCM_SHA384.");
    }

    private static string GetSuggestion(string name)
    {
        CipherSuites.TryParseList(name, out _, out CipherListError error).Should().BeFalse();
        error.Kind.Should().Be(CipherListErrorKind.UnknownName);
        return GetIanaName(error.Suggestion!);
    }

    private static string GetIanaName(string name)
    {
        CipherSuites.TryParseName(name, out TlsCipherSuite suite).Should().BeTrue();
        return CipherSuites.GetIanaName(suite);
    }
}
