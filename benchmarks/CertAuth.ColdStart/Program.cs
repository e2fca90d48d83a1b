using CertAuth.ColdStart;
using CertAuth.ColdStart.Probes;

// What the first login of a process costs: see benchmarks/README.md. With "measure" it is that process, else it starts them.
return args is ["measure", var probe, var folder] ? Probe.Run(probe, folder) : await Driver.RunAsync(args);
