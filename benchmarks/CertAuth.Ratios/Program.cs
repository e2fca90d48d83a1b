using System.Globalization;
using CertAuth.Ratios;

// Ratios to one RSA-2048 verification: see benchmarks/README.md.
const int Rounds = 31;
const int SmokeRounds = 1;

bool isSmoke = args is ["--smoke"];
if (args.Length > 0 && !isSmoke)
{
    Console.Error.WriteLine("usage: CertAuth.Ratios [--smoke]");
    return 1;
}

TimeSpan warmUp = TimeSpan.FromMilliseconds(isSmoke ? 1 : 300);
TimeSpan slice = TimeSpan.FromMilliseconds(isSmoke ? 1 : 8);
using ChainQuestion chain = new(1, 10, 200);
using TokenQuestion token = new();
bool isMissed = false;
foreach (IReadOnlyList<Case> question in (IReadOnlyList<Case>[])[chain.Cases, token.Cases])
{
    Interleaved harness = new(question, isSmoke ? SmokeRounds : Rounds, slice, warmUp);
    Console.WriteLine($"{"case",-46}{"ratio",9}{"goal",7}{"",8}{"µs",10}{"bytes",9}");
    foreach (Measurement row in harness.Measure())
    {
        isMissed |= row.Verdict == "MISSED";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Case.Name,-46}{row.Ratio,9:0.000}{row.Case.Goal,7:0.0##}{row.Verdict,8}{row.Microseconds,10:0.00}{row.Bytes,9}"));
    }

    Console.WriteLine();
}

if (isSmoke)
    Console.WriteLine("A smoke run: the figures mean nothing.");
return isMissed && !isSmoke ? 1 : 0;
