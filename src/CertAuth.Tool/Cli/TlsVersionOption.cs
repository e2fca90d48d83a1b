using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Authentication;

namespace CertAuth.Tool.Cli;

/// <summary>The TLS version of a connection, as a number (1.3) or as MySQL, OpenSSL and this tool print it (TLSv1.3).</summary>
internal static class TlsVersionOption
{
    /// <summary>Creates the option <c>--tls</c>.</summary>
    /// <param name="connection">The connection in the description, such as "the connection".</param>
    internal static Option<SslProtocols> Create(string connection) => new("--tls")
    {
        Description = $"The TLS version of {connection}: 1.2 or 1.3 (or TLSv1.2, TLSv1.3). Default: 1.3.",
        HelpName = "VERSION",
        CustomParser = Read,
    };

    /// <summary>Returns the version; TLS 1.3 if the option is absent.</summary>
    internal static SslProtocols GetTlsVersion(this ParseResult parsed, Option<SslProtocols> option) =>
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
            argument.AddError($"--tls: Expected 1.2, 1.3, TLSv1.2 or TLSv1.3, not {text}.");
        return version;
    }
}
