using System.Text.Json;
using CertAuth.Benchmarks;
using CertAuth.Load;

// Complete login decisions under load; see benchmarks/README.md.
if (LoadOptions.Parse(args) is not { } options || options.Kinds.Except(LoginKinds.Names).Any())
{
    Console.Error.WriteLine(LoadOptions.Usage);
    Console.Error.WriteLine($"kinds: {string.Join(',', LoginKinds.Names)}");
    return 2;
}

LoginMaterial material = new(options.RingSize, new());
using RsaVerification bare = new();
using LoginServer server = await LoginServer.OpenAsync(material);
IReadOnlyList<LoginKind> kinds = LoginKinds.Create(options.Kinds, material, server, bare);
LoadRun run = new(kinds, server, options);
run.WarmUp();

LoadReport report = new(hasVerdicts: !options.IsSmoke);
foreach (Condition condition in Condition.Of(options))
{
    (IReadOnlyList<Figures> figures, int reloads) = await run.RunAsync(condition);
    Console.WriteLine(report.Add(condition, kinds, figures, reloads));
}

if (options.Json is not null)
    await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(report, LoadReport.JsonOptions));
if (options.IsSmoke)
    Console.WriteLine("This is a smoke run: the figures are not meaningful.");
return report.IsMissed && options.IsStrict ? 1 : 0;
