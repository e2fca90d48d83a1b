using System.Globalization;

namespace CertAuth.Handshakes;

/// <summary>What is measured, and for how long.</summary>
internal sealed record Options
{
    internal const string Usage = "usage: CertAuth.Handshakes [--seconds 10] [--certificates 55] [--strict] | --smoke";

    /// <summary>How long honest logins are measured under each condition.</summary>
    internal TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>The minimum number of honest logins under each condition, however long they take.</summary>
    internal int AtLeast { get; private init; } = 5;

    /// <summary>The certificates that a hostile client sends; OpenSSL takes no more than 100 KiB, which are some 75.</summary>
    internal int Certificates { get; private init; } = 55;

    /// <summary>Whether the exit code says that the goal was missed.</summary>
    internal bool IsStrict { get; private init; }

    internal bool IsSmoke { get; private init; }

    /// <summary>The options of a command line; null if it is not understood.</summary>
    internal static Options? Parse(IReadOnlyList<string> args)
    {
        if (args is ["--smoke"])
            return new() { Time = TimeSpan.FromMilliseconds(200), AtLeast = 1, Certificates = 3, IsSmoke = true };

        string[] pairs = [.. args.Where(arg => arg != "--strict")];
        Options? options = pairs.Length % 2 == 0 ? new() { IsStrict = pairs.Length < args.Count } : null;
        for (int i = 0; options is not null && i < pairs.Length; i += 2)
        {
            bool isWhole = int.TryParse(pairs[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
            options = pairs[i] switch
            {
                "--seconds" when isWhole => options with { Time = TimeSpan.FromSeconds(number) },
                "--certificates" when isWhole => options with { Certificates = number },
                _ => null,
            };
        }

        return options;
    }
}
