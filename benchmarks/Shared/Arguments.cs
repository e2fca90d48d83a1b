using System.Numerics;

namespace CertAuth.Benchmarks;

/// <summary>The arguments of a command line. Reading an option removes it, so that invalid arguments remain.</summary>
internal sealed class Arguments
{
    private readonly List<string> _rest;

    internal Arguments(IEnumerable<string> args)
    {
        _rest = [.. args];
        (IsStrict, IsSmoke) = (ReadFlag("--strict"), ReadFlag("--smoke"));
    }

    /// <summary>A value that indicates whether the exit code is 1 if a goal is missed.</summary>
    internal bool IsStrict { get; }

    /// <summary>A value that indicates whether everything runs only briefly, without meaningful figures.</summary>
    internal bool IsSmoke { get; }

    /// <summary>A value that indicates whether all options were read and valid. The figures of a smoke run have no verdict.</summary>
    internal bool IsValid => _rest.Count == 0 && !(IsStrict && IsSmoke);

    internal bool ReadFlag(string name) => _rest.Remove(name);

    /// <summary>Reads an option with a value. Returns null if it is absent, or invalid because its value is missing.</summary>
    internal string? ReadText(string name)
    {
        int at = _rest.IndexOf(name);
        if (at < 0 || at + 1 == _rest.Count || _rest[at + 1].Length == 0)
            return null;
        string value = _rest[at + 1];
        _rest.RemoveRange(at, 2);
        return value;
    }

    /// <summary>Reads an option with a number, which is a whole one if the type is.</summary>
    internal T ReadNumber<T>(string name, T defaultValue, T min)
        where T : INumber<T>
    {
        if (ReadText(name) is not { } text)
            return defaultValue;
        if (T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out T? number) && number >= min)
            return number;
        _rest.Add(text);
        return defaultValue;
    }

    /// <summary>Prints the usage and returns the exit code.</summary>
    internal static int Fail(string usage)
    {
        Console.Error.WriteLine(usage);
        return 2;
    }
}
