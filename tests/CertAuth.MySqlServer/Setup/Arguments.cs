using System.Globalization;

namespace CertAuth.MySqlServer.Setup;

/// <summary>The command line: a command, then <c>--name value</c> or <c>--name</c>. An option that the command does not read is an
/// error.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">An argument does not have this form.</exception>
    internal Arguments(ReadOnlySpan<string> arguments)
    {
        Command = arguments.IsEmpty ? "" : arguments[0];
        for (int i = 1; i < arguments.Length; i++)
        {
            (string name, string value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], "");
            if (!name.StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentException($"'{name}' is not an option. An option starts with --.");
            if (value.Length == 0 && i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                value = arguments[++i];
            if (!_values.TryAdd(name, value))
                throw new ArgumentException($"The option {name} is repeated.");
        }
    }

    internal string Command { get; }

    /// <summary>Returns true if the arguments ask for help: <c>help</c>, or <c>--help</c> or <c>-h</c> anywhere.</summary>
    internal static bool AsksForHelp(ReadOnlySpan<string> arguments) =>
        arguments is ["help", ..] || arguments.Contains("--help") || arguments.Contains("-h");

    internal string Get(string name, string otherwise)
    {
        _known.Add(name);
        return _values.TryGetValue(name, out string? value) ? value : otherwise;
    }

    internal bool Has(string name)
    {
        _known.Add(name);
        bool isGiven = _values.TryGetValue(name, out string? value);
        return string.IsNullOrEmpty(value) ? isGiven : throw new ArgumentException($"The option {name} has no value.");
    }

    /// <exception cref="ArgumentException">The value is not a number or is out of range.</exception>
    internal int GetNumber(string name, int otherwise, int min, int max)
    {
        string text = Get(name, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new ArgumentException($"{name} must be a number from {min} to {max}.");
    }

    /// <exception cref="ArgumentException">There is an option that the command does not have.</exception>
    internal void ThrowIfUnknown()
    {
        if (_values.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
            throw new ArgumentException($"The option {unknown} is unknown to this command.");
    }
}
