using System.Globalization;

namespace MySqlLogin.Setup;

/// <summary>The command line: a command, then <c>--name value</c> or <c>--name</c>. A name that nobody asked for is an error.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Something is not of this form.</exception>
    internal Arguments(ReadOnlySpan<string> arguments)
    {
        Command = arguments.IsEmpty ? "" : arguments[0];
        for (int i = 1; i < arguments.Length; i++)
        {
            (string name, string value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], "");
            if (!name.StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentException($"Not an option: {name}");
            if (value.Length == 0 && i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                value = arguments[++i];
            if (!_values.TryAdd(name, value))
                throw new ArgumentException($"Given twice: {name}");
        }
    }

    internal string Command { get; }

    /// <summary>Whether somebody wants to know what there is: <c>help</c>, or <c>--help</c> or <c>-h</c> anywhere.</summary>
    internal static bool AskForHelp(ReadOnlySpan<string> arguments) =>
        arguments is ["help", ..] || arguments.Contains("--help") || arguments.Contains("-h");

    internal string Get(string name, string otherwise)
    {
        _asked.Add(name);
        return _values.TryGetValue(name, out string? value) ? value : otherwise;
    }

    internal bool Has(string name)
    {
        _asked.Add(name);
        bool isGiven = _values.TryGetValue(name, out string? value);
        return string.IsNullOrEmpty(value) ? isGiven : throw new ArgumentException($"{name} takes no value.");
    }

    /// <exception cref="ArgumentException">Not a number, or out of range.</exception>
    internal int GetNumber(string name, int otherwise, int min, int max)
    {
        string text = Get(name, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new ArgumentException($"{name} must be a number from {min} to {max}.");
    }

    /// <exception cref="ArgumentException">There is an option that nobody asked for.</exception>
    internal void ThrowIfUnknown()
    {
        if (_values.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
            throw new ArgumentException($"There is no option {unknown} here.");
    }
}
