using System.Globalization;

namespace CertAuth.Handshakes;

/// <summary>The options of the measurement.</summary>
internal sealed record Options
{
    internal const string Usage = "usage: CertAuth.Handshakes [--seconds 10] [--certificates 55] [--strict] | --smoke";

    /// <summary>The time of each measurement of honest logins.</summary>
    internal TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>The minimum number of honest logins in each measurement.</summary>
    internal int MinLogins { get; private init; } = 5;

    /// <summary>The number of certificates that a hostile client sends. OpenSSL accepts at most 100 KiB, which is about 75
    /// certificates.</summary>
    internal int Certificates { get; private init; } = 55;

    /// <summary>A value that indicates whether the exit code is 1 if the goal is missed.</summary>
    internal bool IsStrict { get; private init; }

    internal bool IsSmoke { get; private init; }

    /// <summary>Parses a command line. Returns null if it is invalid.</summary>
    internal static Options? Parse(IReadOnlyList<string> args)
    {
        if (args is ["--smoke"])
            return new() { Time = TimeSpan.FromMilliseconds(200), MinLogins = 1, Certificates = 3, IsSmoke = true };

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
