using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Authentication;

namespace CertAuth.Tool.Cli;

/// <summary>The TLS version of a connection that the command line describes: as a number, or as MySQL, OpenSSL and this tool print
/// it.</summary>
internal static class TlsVersionOption
{
    /// <param name="whose">The end of the description.</param>
    internal static Option<SslProtocols> Create(string whose) => new("--tls")
    {
        Description = $"the TLS version of {whose}: 1.2 or 1.3 (or TLSv1.2, TLSv1.3), the default",
        HelpName = "VERSION",
        CustomParser = Read,
    };

    /// <summary>The version; TLS 1.3 if the option is not given.</summary>
    internal static SslProtocols VersionOf(this ParseResult parsed, Option<SslProtocols> option) =>
        parsed.GetValue(option) is var version and not SslProtocols.None ? version : SslProtocols.Tls13;

    private static SslProtocols Read(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        SslProtocols version = text.ToUpperInvariant() switch
        {
            "1.2" or "TLSV1.2" => SslProtocols.Tls12,
            "1.3" or "TLSV1.3" => SslProtocols.Tls13,
            _ => SslProtocols.None,
        };
        if (version == SslProtocols.None)
            argument.AddError($"--tls takes 1.2, 1.3, TLSv1.2 or TLSv1.3, not {text}.");
        return version;
    }
}
