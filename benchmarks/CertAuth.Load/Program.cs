using System.Runtime;
using CertAuth.Load;

// Complete login decisions under load; see benchmarks/README.md.
LoadOptions options = new(new Arguments(args));
if (!options.IsValid)
    return Arguments.Fail(LoadOptions.Usage);

FrozenClock clock = new();
LoginMaterial material = new(clock);
using LoginServer server = await LoginServer.OpenAsync(material, clock);
IReadOnlyList<LoginKind> kinds = LoginKinds.Create(options, material, server);
LoadRun run = new(kinds, server, options);
run.WarmUp();

List<Part> parts = [];
foreach (Condition condition in Condition.Of(options))
{
    (IReadOnlyList<Figures> figures, int reloads) = await run.RunAsync(condition);
    parts.Add(Part.Create(condition, reloads, kinds, figures, parts));
    parts[^1].Print(hasVerdicts: !options.IsSmoke);
}

Results.Write(options.Json, new { Machine = Machine.Describe(), GCSettings.IsServerGC, Conditions = parts });
if (options.IsSmoke)
    Console.WriteLine(Results.SmokeNotice);
return options.IsStrict && parts.Any(part => part.Rows.Any(row => row.IsMet == false)) ? 1 : 0;
