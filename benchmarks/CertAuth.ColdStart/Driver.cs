using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace CertAuth.ColdStart;

/// <summary>Publishes this program like an application and starts it repeatedly. Each process measures one first login.</summary>
internal static class Driver
{
    private const string Usage = "usage: CertAuth.ColdStart [--runs 25] [--json FILE] [--strict] | --smoke";
    private const int MinRuns = 15;

    internal static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--smoke"])
            return await SmokeAsync();

        int runs = 25;
        string? json = null;
        string[] pairs = [.. args.Where(arg => arg != "--strict")];
        bool isValid = pairs.Length % 2 == 0;
        for (int i = 0; isValid && i < pairs.Length; i += 2)
        {
            isValid = pairs[i] switch
            {
                "--runs" => int.TryParse(pairs[i + 1], CultureInfo.InvariantCulture, out runs) && runs >= MinRuns,
                "--json" => !string.IsNullOrEmpty(json = pairs[i + 1]),
                _ => false,
            };
        }

        if (isValid)
            return await MeasureAsync(runs, json) && pairs.Length < args.Length ? 1 : 0;

        await Console.Error.WriteLineAsync(Usage);
        return 2;
    }

    // Returns true if a goal was missed.
    private static async Task<bool> MeasureAsync(int runs, string? json)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("certauth-coldstart-published-");
        try
        {
            List<Table> tables = [];
            foreach (bool isReadyToRun in (bool[])[false, true])
            {
                string name = isReadyToRun ? "ReadyToRun" : "JIT";
                string program = await Publishing.PublishAsync(Project, Path.Combine(folder.FullName, name), isReadyToRun);
                Table table = new(name, await Processes.RunAsync(program, runs));
                Console.WriteLine(table);
                tables.Add(table);
            }

            if (json is not null)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(Report.Of(tables), JsonOptions));
            return tables.Any(table => table.IsMissed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Runs the unpublished program once to show that every probe works.
    private static async Task<int> SmokeAsync()
    {
        string program = Path.Combine(AppContext.BaseDirectory, Publishing.FileName);
        Console.WriteLine(new Table("as built", await Processes.RunAsync(program, runs: 1)));
        Console.WriteLine("This is a smoke run: the figures are not meaningful.");
        return 0;
    }

    private static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string Project { get; } =
        typeof(Driver).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Project").Value!;
}
