using System.Globalization;

namespace CertAuth.Load;

/// <summary>What is run, for how long, and under what.</summary>
internal sealed record LoadOptions
{
    internal const string Usage =
        "usage: CertAuth.Load [--seconds 10] [--threads N] [--heap-mb 200] [--reload-ms 100] [--kinds token,cert-info] [--json FILE] [--strict] | --smoke";

    /// <summary>How long each kind is run under each condition.</summary>
    internal double Seconds { get; private init; } = 10;

    /// <summary>Threads of the conditions that are not on one.</summary>
    internal int Threads { get; private init; } = Environment.ProcessorCount;

    /// <summary>The live heap; 0 leaves that condition out.</summary>
    internal int HeapMegabytes { get; private init; } = 200;

    /// <summary>Time between reloads; 0 leaves that condition out.</summary>
    internal int ReloadMilliseconds { get; private init; } = 100;

    /// <summary>The kinds that are run beside the floor; none: all.</summary>
    internal IReadOnlyList<string> Kinds { get; private init; } = [];

    internal string? Json { get; private init; }

    /// <summary>Whether the exit code says that a goal was missed.</summary>
    internal bool IsStrict { get; private init; }

    internal bool IsSmoke { get; private init; }

    /// <summary>Leaves, tokens and forwarded tokens in each ring: more than the library remembers, so that one that comes again was forgotten.</summary>
    internal int RingSize => IsSmoke ? 64 : 4096;

    /// <summary>The options of a command line; null where it is not understood.</summary>
    internal static LoadOptions? Parse(IReadOnlyList<string> args)
    {
        if (args is ["--smoke"])
            return new() { Seconds = 0.05, HeapMegabytes = 4, IsSmoke = true };

        string[] pairs = [.. args.Where(arg => arg != "--strict")];
        LoadOptions? options = pairs.Length % 2 == 0 ? new() { IsStrict = pairs.Length < args.Count } : null;
        for (int i = 0; options is not null && i < pairs.Length; i += 2)
            options = options.With(pairs[i], pairs[i + 1]);
        return options;
    }

    private LoadOptions? With(string name, string value)
    {
        bool isWhole = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        bool isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return name switch
        {
            "--seconds" when isNumber && seconds > 0 => this with { Seconds = seconds },
            "--threads" when isWhole && number > 0 => this with { Threads = number },
            "--heap-mb" when isWhole => this with { HeapMegabytes = number },
            "--reload-ms" when isWhole => this with { ReloadMilliseconds = number },
            "--kinds" => this with { Kinds = value.Split(',') },
            "--json" when value.Length > 0 => this with { Json = value },
            _ => null,
        };
    }
}
