using System.CommandLine;
using CertAuth.Signing;

namespace CertAuth.Tool.Tokens;

/// <summary>The signature algorithms of the option <c>--alg</c>.</summary>
internal static class Algorithms
{
    private static readonly string[] s_names =
        [.. Enum.GetValues<SignatureAlgorithm>().Where(value => value != SignatureAlgorithm.None).Select(value => value.ToString())];

    internal static Option<string?> CreateOption(string defaultDescription)
    {
        Option<string?> option = new("--alg")
        {
            Description = $"The algorithm: {string.Join(", ", s_names)}. Default: {defaultDescription}.",
            HelpName = "ALG",
        };
        option.AcceptOnlyFromAmong(s_names);
        return option;
    }

    internal static SignatureAlgorithm? GetAlgorithm(this ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } name ? Enum.Parse<SignatureAlgorithm>(name) : null;
}
