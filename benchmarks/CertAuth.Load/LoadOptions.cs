using System.Globalization;

namespace CertAuth.Load;

/// <summary>The options of a load run.</summary>
internal sealed record LoadOptions
{
    internal const string Usage =
        "usage: CertAuth.Load [--seconds 10] [--threads N] [--heap-mb 200] [--reload-ms 100] [--kinds token,cert-info] [--json FILE] "
        + "[--strict] | --smoke";

    /// <summary>The time for each kind under each condition.</summary>
    internal double Seconds { get; private init; } = 10;

    /// <summary>The number of threads of the conditions with several threads.</summary>
    internal int Threads { get; private init; } = Environment.ProcessorCount;

    /// <summary>The additional live heap; 0 skips that condition.</summary>
    internal int HeapMegabytes { get; private init; } = 200;

    /// <summary>The interval between reloads; 0 skips that condition.</summary>
    internal int ReloadMilliseconds { get; private init; } = 100;

    /// <summary>The kinds to run in addition to the baseline; an empty list for all.</summary>
    internal IReadOnlyList<string> Kinds { get; private init; } = [];

    internal string? Json { get; private init; }

    /// <summary>A value that indicates whether the exit code is 1 if a goal is missed.</summary>
    internal bool IsStrict { get; private init; }

    internal bool IsSmoke { get; private init; }

    /// <summary>The number of leaves, tokens and forwarded tokens in each ring: more than the library caches, so that a repeated one is no
    /// longer cached.</summary>
    internal int RingSize => IsSmoke ? 64 : 4096;

    /// <summary>Parses a command line. Returns null if it is invalid.</summary>
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
