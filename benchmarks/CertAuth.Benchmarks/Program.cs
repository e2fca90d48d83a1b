using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// For the CI gate, "--smoke" runs each benchmark once, at its first size, in this process.
HashSet<MethodInfo> seen = [];
BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly);
IEnumerable<Summary> summaries = args is ["--smoke"]
    ? switcher.RunAll(ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
        .AddFilter(new SimpleFilter(benchmark => seen.Add(benchmark.Descriptor.WorkloadMethod))))
    : switcher.Run(args);

// A benchmark that cannot run shows as NA in the tables. It also fails the run.
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
