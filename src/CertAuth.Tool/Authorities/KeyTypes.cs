using System.CommandLine;
using CertAuth.Testing;

namespace CertAuth.Tool.Authorities;

/// <summary>The key types of the option <c>--key</c>.</summary>
internal static class KeyTypes
{
    private static readonly Dictionary<string, TestKeyType> s_byName = new(StringComparer.Ordinal)
    {
        ["p256"] = TestKeyType.P256,
        ["p384"] = TestKeyType.P384,
        ["rsa2048"] = TestKeyType.Rsa2048,
        ["rsa3072"] = TestKeyType.Rsa3072,
        ["rsa4096"] = TestKeyType.Rsa4096,
    };

    internal static IReadOnlyCollection<string> Names => s_byName.Keys;

    internal static Option<string?> CreateOption(string defaultDescription)
    {
        Option<string?> option = new("--key")
        {
            Description = $"The type of the new key. Default: {defaultDescription}.",
            HelpName = string.Join('|', Names),
        };
        option.AcceptOnlyFromAmong([.. Names]);
        return option;
    }

    internal static TestKeyType? GetKeyType(this ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } name ? s_byName[name] : null;
}
