using System.Net;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The programs that log in.</summary>
public enum ClientProgram
{
    MariaDb = 1,
    MyCli = 2,
    Mysql2 = 3,
}

/// <summary>Picks a client by its program.</summary>
internal static class ClientPrograms
{
    internal static bool IsInstalled(this ClientProgram program) => program switch
    {
        ClientProgram.MariaDb => MariaDbClient.IsInstalled,
        ClientProgram.MyCli => MyCliClient.IsInstalled,
        ClientProgram.Mysql2 => Mysql2Client.IsInstalled,
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "No such program."),
    };

    /// <summary>Skips the test where the program is absent.</summary>
    internal static void Need(this ClientProgram program) => Assert.SkipUnless(program.IsInstalled(), program switch
    {
        ClientProgram.MariaDb => "The mariadb command is not installed.",
        ClientProgram.MyCli => "The mycli command is not installed.",
        _ => "Node's mysql2 is not installed: npm install mysql2, and name its node_modules in NODE_PATH.",
    });

    internal static ILoginClient Client(this Site site, ClientProgram program, IPEndPoint address) => program switch
    {
        ClientProgram.MariaDb => site.Client(address),
        ClientProgram.MyCli => new MyCliClient(site.Folder, address),
        ClientProgram.Mysql2 => new Mysql2Client(site.Folder, address),
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "No such program."),
    };
}
