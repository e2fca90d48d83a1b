using System.Globalization;
using CertAuth.Ratios;

// Ratios to one RSA-2048 verification: see benchmarks/README.md.
const int Rounds = 31;
const int SmokeRounds = 1;

bool isSmoke = args is ["--smoke"];
bool isCertInfo = args is ["--cert-info"];
if (args.Length > 0 && !isSmoke && !isCertInfo)
{
    Console.Error.WriteLine("usage: CertAuth.Ratios [--smoke | --cert-info]");
    return 1;
}

TimeSpan warmUp = TimeSpan.FromMilliseconds(isSmoke ? 1 : 300);
TimeSpan slice = TimeSpan.FromMilliseconds(isSmoke ? 1 : 8);
using ChainQuestion? chain = isCertInfo ? null : new(1, 10, 200);
using TokenQuestion? token = isCertInfo ? null : new();
using CertInfoQuestion certInfo = new();
IReadOnlyList<Case>[] others = isCertInfo ? [] : [chain!.Cases, token!.Cases];
bool isMissed = false;
foreach (IReadOnlyList<Case> question in (IReadOnlyList<Case>[])[.. others, .. certInfo.Tables])
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
