using System.CommandLine;
using System.Globalization;

namespace CertAuth.Tool.Cli;

/// <summary>Options that are whole numbers in a range.</summary>
internal static class IntegerOption
{
    internal static Option<int?> Create(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
                return number;
            argument.AddError($"{name}: Expected a whole number from {min} to {max}, not {text}.");
            return null;
        },
    };
}
