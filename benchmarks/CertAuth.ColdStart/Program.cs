using CertAuth.ColdStart;
using CertAuth.ColdStart.Probes;

// The cost of the first login of a process; see benchmarks/README.md. With "measure", the program is that process; otherwise, it starts
// them.
return args is ["measure", var probe, var folder] ? Probe.Run(probe, folder) : await Driver.RunAsync(args);
