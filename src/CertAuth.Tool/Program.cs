using CertAuth.Tool.Cli;
using CertAuth.Tool.Commands;

return CertAuthTool.Run(args, ToolEnvironment.CreateForProcess());
