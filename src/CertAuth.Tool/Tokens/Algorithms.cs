using System.CommandLine;
using CertAuth.Signing;

namespace CertAuth.Tool.Tokens;

/// <summary>The signature algorithms that <c>--alg</c> takes.</summary>
internal static class Algorithms
{
    private static readonly string[] s_names = [.. Enum.GetValues<SignatureAlgorithm>().Where(a => a != SignatureAlgorithm.None).Select(a => a.ToString())];

    internal static Option<string?> CreateOption(string defaultDescription)
    {
        Option<string?> option = new("--alg") { Description = $"the algorithm: {string.Join(' ', s_names)}; {defaultDescription} where it is left out", HelpName = "ALG" };
        option.AcceptOnlyFromAmong(s_names);
        return option;
    }

    internal static SignatureAlgorithm? GetAlgorithm(this ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } name ? Enum.Parse<SignatureAlgorithm>(name) : null;
}
