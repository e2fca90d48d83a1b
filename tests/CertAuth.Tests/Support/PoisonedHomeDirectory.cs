using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tests.Support;

/// <summary>Runs a test in a child process with its own HOME, to whose certificate stores the test can add hostile certificates.</summary>
internal static class PoisonedHomeDirectory
{
    private const string Variable = "CERTAUTH_POISONED_HOME";

    /// <summary>The end of the output if the one test has passed.</summary>
    internal const string Passed = "Total: 1, Errors: 0, Failed: 0, Skipped: 0";

    /// <summary>Runs one test in a child process, and returns its output. The test itself adds the certificates to the stores.</summary>
    internal static async Task<string> RunAsync(string method)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            Assert.Skip("Only on Linux are certificate stores files below HOME.");

        DirectoryInfo home = Directory.CreateTempSubdirectory("certauth-home-");
        try
        {
            ProcessStartInfo start = new("dotnet", [typeof(PoisonedHomeDirectory).Assembly.Location, "-method", $"*.{method}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["HOME"] = home.FullName;
            start.Environment["DOTNET_CLI_HOME"] = home.FullName;
            start.Environment[Variable] = home.FullName;
            using Process child = Process.Start(start)!;
            Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            child.ExitCode.Should().Be(0, output + await error);
            return output;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>Returns the home folder in the child process. Skips the running test in any other process.</summary>
    internal static string Require(string runner)
    {
        string? home = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(home), $"Runs only in the child process of {runner}.");
        return home!;
    }

    /// <summary>Adds a certificate to a store of the user.</summary>
    internal static void Plant(string home, string store, X509Certificate2 certificate)
    {
        string folder = Path.Combine(home, ".dotnet", "corefx", "cryptography", "x509stores", store);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, certificate.Thumbprint + ".pfx"), certificate.Export(X509ContentType.Pkcs12));
    }
}
