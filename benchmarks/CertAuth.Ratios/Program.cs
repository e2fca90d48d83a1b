using CertAuth.Ratios;

// Ratios to one RSA-2048 verification; see benchmarks/README.md.
if (Command.Parse(args) is not { } command)
    return Arguments.Fail(Command.Usage);
return new Run(command).Execute() || !command.IsStrict ? 0 : 1;
