using System.Globalization;
using CertAuth.Soak;

// Replaces files during logins; see CONTRIBUTING.md.
const string Usage = """
    usage: CertAuth.Soak replace [--count 10000] [--seed 1]
           CertAuth.Soak soak [--minutes 10] [--seed 1]
    """;

int count = 10_000;
int seed = 1;
double minutes = 10;
bool isValid = args.Length % 2 == 1 && args[0] is "replace" or "soak";
for (int i = 1; isValid && i < args.Length; i += 2)
{
    isValid = (args[0], args[i]) switch
    {
        ("replace", "--count") => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out count) && count > 0,
        ("soak", "--minutes") => double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out minutes) && minutes > 0,
        (_, "--seed") => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seed),
        _ => false,
    };
}

if (!isValid)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

bool isAsExpected = args[0] == "soak"
    ? await SoakRun.RunAsync(TimeSpan.FromMinutes(minutes), seed, Console.Out)
    : (await ReplaceRun.RunAsync(count, seed, Console.Out)).All(row => row.Figures.IsAsExpected);
Console.WriteLine(isAsExpected ? "All results are as expected." : "The results are NOT as expected.");
return isAsExpected ? 0 : 1;
