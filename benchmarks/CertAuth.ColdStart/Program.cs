using CertAuth.ColdStart;

// The cost of the first login of a process; see benchmarks/README.md. With "measure", the program is that process; otherwise, it starts
// them.
const int MinRuns = 15;

if (args is ["measure", var probe, var folder])
    return Probes.Run(probe, folder);

Arguments arguments = new(args);
int runs = arguments.ReadNumber("--runs", 25, MinRuns);
string? json = arguments.ReadText("--json");
if (!arguments.IsValid)
    return Arguments.Fail("usage: CertAuth.ColdStart [--runs 25] [--json FILE] [--strict | --smoke]");

if (arguments.IsSmoke)
{
    // The unpublished program shows that every probe works.
    Build asBuilt = await Build.MeasureAsync("as built", Environment.ProcessPath!, runs: 1);
    asBuilt.Print();
    Console.WriteLine(Results.SmokeNotice);
    return 0;
}

List<Build> builds = [];
foreach (bool isReadyToRun in (bool[])[false, true])
{
    using TempFolder published = new("coldstart-published");
    string program = await Publishing.PublishAsync(published.Path, isReadyToRun);
    builds.Add(await Build.MeasureAsync(isReadyToRun ? Build.ReadyToRun : "JIT", program, runs));
    builds[^1].Print();
}

Results.Write(json, new { Machine = Machine.Describe(), Builds = builds });
return arguments.IsStrict && builds.Any(build => build.Probes.Any(row => row.IsMet == false)) ? 1 : 0;
