using CertAuth.Ratios;

// Ratios to one RSA-2048 verification; see benchmarks/README.md.
const int Missed = 1, Usage = 2;

if (!Command.TryParse(args, out Command? command))
{
    Console.Error.WriteLine(Command.Usage);
    return Usage;
}

using Run run = new(command, Console.Out);
return run.Execute() || !command.IsStrict ? 0 : Missed;
