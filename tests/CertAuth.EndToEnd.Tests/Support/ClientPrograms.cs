using System.Net;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Creates clients by program.</summary>
internal static class ClientPrograms
{
    internal static bool IsInstalled(this ClientProgram program) => program switch
    {
        ClientProgram.MariaDb => MariaDbClient.IsInstalled,
        ClientProgram.MyCli => MyCliClient.IsInstalled,
        ClientProgram.Mysql2 => Mysql2Client.IsInstalled,
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "The program is undefined."),
    };

    /// <summary>Skips the test if the program is not installed.</summary>
    internal static void SkipIfMissing(this ClientProgram program) => Assert.SkipUnless(program.IsInstalled(), program switch
    {
        ClientProgram.MariaDb => "The mariadb command is not installed.",
        ClientProgram.MyCli => "The mycli command is not installed.",
        _ => "The mysql2 package of Node.js is not installed. Run 'npm install mysql2' and set NODE_PATH to its node_modules folder.",
    });

    internal static ILoginClient Client(this Site site, ClientProgram program, IPEndPoint address) => program switch
    {
        ClientProgram.MariaDb => site.Client(address),
        ClientProgram.MyCli => new MyCliClient(site.Folder, address),
        ClientProgram.Mysql2 => new Mysql2Client(site.Folder, address),
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "The program is undefined."),
    };
}
