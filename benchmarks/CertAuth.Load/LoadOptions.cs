namespace CertAuth.Load;

/// <summary>The options of a load run.</summary>
internal sealed class LoadOptions(Arguments arguments)
{
    internal static string Usage =>
        $"""
        usage: CertAuth.Load [--seconds 10] [--threads N] [--heap-mb 200] [--reload-ms 100] [--kinds token,cert-info] [--json FILE]
          [--strict | --smoke]
        kinds: {string.Join(',', LoginKinds.Names)}
        """;

    internal bool IsSmoke => arguments.IsSmoke;

    internal bool IsStrict => arguments.IsStrict;

    /// <summary>The time for each kind under each condition.</summary>
    internal double Seconds { get; } = arguments.ReadNumber("--seconds", arguments.IsSmoke ? 0.05 : 10, double.Epsilon);

    internal int Threads { get; } = arguments.ReadNumber("--threads", Environment.ProcessorCount, 1);

    /// <summary>The additional live heap, and below, the interval between reloads; 0 skips that condition.</summary>
    internal int HeapMegabytes { get; } = arguments.ReadNumber("--heap-mb", arguments.IsSmoke ? 4 : 200, 0);
    internal int ReloadMilliseconds { get; } = arguments.ReadNumber("--reload-ms", 100, 0);

    /// <summary>The kinds to run in addition to the baseline.</summary>
    internal IReadOnlyList<string> Kinds { get; } = arguments.ReadText("--kinds")?.Split(',') ?? LoginKinds.Names;

    internal string? Json { get; } = arguments.ReadText("--json");

    internal bool IsValid => arguments.IsValid && !Kinds.Except(LoginKinds.Names).Any();

    /// <summary>The number of leaves, tokens and forwarded tokens in each ring: more than the library caches, so that a repeated one is no
    /// longer cached.</summary>
    internal int RingSize => IsSmoke ? 64 : 4096;
}
