using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

// A benchmark that can't run shows as NA in the tables; here it fails the run, too.
IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
