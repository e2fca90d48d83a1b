using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CertAuth.Benchmarks;

// The names of the cases are long, and each is one parameter.
IConfig config = DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(100));

// For the CI gate, "--smoke" runs the first case of each suite once, in this process. CertAuth.Ratios runs all cases.
HashSet<string> suites = [];
BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(CaseBenchmarks).Assembly);
IEnumerable<Summary> summaries = args is ["--smoke"]
    ? switcher.RunAll(config
        .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
        .AddFilter(new SimpleFilter(benchmark => suites.Add($"{benchmark.Parameters["Name"]}".Split(':')[0]))))
    : switcher.Run(args, config);

// A benchmark that cannot run shows as NA in the tables. It also fails the run.
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
