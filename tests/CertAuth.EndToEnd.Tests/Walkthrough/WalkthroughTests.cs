using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Walkthrough;

/// <summary>The commands of the READMEs of the sample and of the server for tests, with the output that they show.</summary>
public sealed class WalkthroughTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certauth-walkthrough-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("samples/MySqlLogin", ClientProgram.MariaDb, "mariadb")]
    [InlineData("samples/MySqlLogin", ClientProgram.MyCli, "mycli")]
    [InlineData("samples/MySqlLogin", ClientProgram.Mysql2, "node")]
    [InlineData("tests/CertAuth.MySqlServer", ClientProgram.MariaDb, "mariadb")]
    [InlineData("tests/CertAuth.MySqlServer", ClientProgram.MyCli, "mycli")]
    [InlineData("tests/CertAuth.MySqlServer", ClientProgram.Mysql2, "node")]
    public async Task Readme_MatchesTheActualOutput(string project, ClientProgram program, string command)
    {
        Shell.SkipIfMissing();
        ClientProgram.MariaDb.SkipIfMissing();
        program.SkipIfMissing();
        string readme = await File.ReadAllTextAsync(
            Path.Combine(SharedFiles.RepositoryRoot, project, "README.md"), TestContext.Current.CancellationToken);
        Step[] all = [.. Step.ReadAll(ReplaceFolderAndPorts(readme))];
        all.Should().Contain(step => step.Command == $"dotnet build {project}").And.Contain(step => step.Program == command);

        // The test uses its own build, at the location of each build of the README.
        foreach (Step step in all.Where(step => step.Program == "dotnet"))
        {
            DirectoryInfo build = _folder.CreateSubdirectory($"{step.Command["dotnet build ".Length..]}/bin/Debug");
            Directory.CreateSymbolicLink(Path.Combine(build.FullName, "net10.0"), AppContext.BaseDirectory);
        }

        string[] others = ["dotnet", "mycli", "node"];
        Step[] steps = [.. all.Where(step => step.Program == command || !others.Contains(step.Program))];
        string[] problems = await Shell.FindProblemsAsync(_folder, steps);
        problems.Length.Should().Be(0, string.Join("\n\n", problems));
    }

    [Theory]
    [InlineData("```sh\nfalse\n```", "ended with 1")]
    [InlineData("```console\n$ echo one\ntwo\n```", "is shown as")]
    [InlineData("```console\n$ echo one\n$ echo two\n```", "$ echo one")]
    [InlineData("```console\n$ echo one \\\n  two\none three\n```", "one two")]
    [InlineData("```console\n$ echo begin middle\nbegin … end\n```", "begin … end")]
    [InlineData("```console\n$ exit 1\n```", "The shell ended")]
    public async Task WrongReadme_IsDetected(string markdown, string problem)
    {
        Shell.SkipIfMissing();
        string found = "";
        try
        {
            found = string.Join('\n', await Shell.FindProblemsAsync(_folder, [.. Step.ReadAll(markdown)]));
        }
        catch (InvalidOperationException exception)
        {
            found = exception.Message;
        }

        found.Should().Contain(problem);
    }

    // Replaces the README's folder and ports, which other programs could use.
    private string ReplaceFolderAndPorts(string readme)
    {
        string settled = readme.Replace("/tmp/site", Path.Combine(_folder.FullName, "site"), StringComparison.Ordinal);
        foreach (string port in (string[])["4000", "4001", "6000"])
            settled = Regex.Replace(settled, $@"(?<!\d){port}(?!\d)", FindPort().ToString(CultureInfo.InvariantCulture));
        return settled;
    }

    // Below the range of ephemeral ports, so that the port stays free.
    private static int FindPort()
    {
        while (true)
        {
            using TcpListener listener = new(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // The port is in use.
            }
        }
    }
}
