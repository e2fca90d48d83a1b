using System.Diagnostics;
using System.Globalization;
using System.Net;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The <c>mycli</c> program.</summary>
/// <remarks>Its configuration, log and history are in a folder beside the site's, separate from the user's own. After error 1045, it
/// prompts for a password and tries again unless it has one, so a test of a rejection passes one. It has no option for the TLS
/// version.</remarks>
internal sealed class MyCliClient(Folder folder, IPEndPoint address) : ILoginClient
{
    private static readonly Lazy<bool> s_isInstalled = new(() => ConsoleProgram.Works("mycli", "--version"));

    internal static bool IsInstalled => s_isInstalled.Value;

    private string HomePath { get; } = Path.Combine(Path.GetDirectoryName(folder.Path)!, "mycli-home");

    public async Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true)
    {
        // The output starts with the column name.
        const string Column = "current_user()";
        string[] tls = isEncrypted ? ["--ssl-ca", folder.Ca] : [];
        string output = await RunAsync(user, certificate, token, [.. tls, "-e", $"select {Column}"]);
        return output.StartsWith(Column + "\n", StringComparison.Ordinal) ? output[(Column.Length + 1)..] : output;
    }

    // mycli does not show the SQLSTATE.
    public string Show(int number, string state, string message) => $"({number.ToString(CultureInfo.InvariantCulture)}, \"{message}\")";

    /// <summary>Runs mycli and returns the text of both output streams.</summary>
    internal Task<string> RunAsync(string user, string? certificate, string? password, params string[] more) =>
        ConsoleProgram.RunAsync(CreateStart("mycli", CreateArguments(user, certificate, password, more)));

    /// <summary>Runs mycli on a terminal, types lines, and returns the text of the screen.</summary>
    internal Task<string> TypeAsync(string user, string certificate, params string[] lines)
    {
        const string Prompt = "mycli-waits> ";
        string[] arguments = CreateArguments(user, certificate, null, ["--ssl-ca", folder.Ca, "--prompt", Prompt]);
        return Terminal.TypeAsync(CreateStart("script", Terminal.Wrap(["mycli", .. arguments])), Prompt, lines);
    }

    private string[] CreateArguments(string user, string? certificate, string? password, string[] more)
    {
        Directory.CreateDirectory(HomePath);
        string settings = InHome("myclirc");
        File.WriteAllText(settings, "[main]\nenable_pager = False\nless_chatty = True\n");
        string[] pair = certificate is null
            ? []
            : ["--ssl-cert", folder.In($"{certificate}-cert.pem"), "--ssl-key", folder.In($"{certificate}-key.pem")];
        string[] secret = password is null ? [] : ["--password-file", WritePassword(password)];
        string port = address.Port.ToString(CultureInfo.InvariantCulture);
        return
        [
            "--defaults-file", InHome("my.cnf"), "--myclirc", settings, $"-u{user}", "-h127.0.0.1", $"-P{port}",
            .. pair, .. secret, .. more,
        ];
    }

    private string InHome(string name) => Path.Combine(HomePath, name);

    private ProcessStartInfo CreateStart(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = HomePath };
        start.Environment["HOME"] = HomePath;
        start.Environment["TERM"] = "dumb";
        start.Environment.Remove("XDG_CONFIG_HOME");
        start.Environment.Remove("MYCLI_HISTFILE");
        return start;
    }

    private string WritePassword(string password)
    {
        string file = InHome(Path.GetRandomFileName());
        File.WriteAllText(file, password + "\n");
        return file;
    }
}
