using System.ComponentModel;
using System.Diagnostics;
using FluentAssertions;

namespace CertAuth.Tests.Support;

/// <summary>Runs the installed <c>openssl x509 -subject</c> for many certificates in one shell.</summary>
internal static class OpenSslSubjects
{
    // The command of TiDB's documentation. The output has one ASCII line for each certificate, so sed runs once for all.
    private const string Seds = """sed 's/.\{8\}//' | sed 's/, /\//g' | sed 's/ = /=/g' | sed 's/^/\//'""";

    private const string Compat = "sed 's/^subject=//'";

    /// <summary>Returns the text after the four sed commands for each certificate, in order. Skips the running test without OpenSSL
    /// 3.0.</summary>
    internal static Task<string[]> PrintThroughSedsAsync(IReadOnlyList<byte[]> certificates) => PrintAsync(certificates, "", Seds);

    /// <summary>Returns the text of <c>-nameopt compat</c> for each certificate, in order. Skips the running test without OpenSSL
    /// 3.0.</summary>
    internal static Task<string[]> PrintCompatAsync(IReadOnlyList<byte[]> certificates) =>
        PrintAsync(certificates, "-nameopt compat", Compat);

    private static async Task<string[]> PrintAsync(IReadOnlyList<byte[]> certificates, string options, string filter)
    {
        string version = await RunAsync("openssl version", Path.GetTempPath());
        if (!version.StartsWith("OpenSSL 3.0.", StringComparison.Ordinal))
            Assert.Skip("The installed openssl is not OpenSSL 3.0.");

        DirectoryInfo folder = Directory.CreateTempSubdirectory("certauth-names-");
        try
        {
            for (int i = 0; i < certificates.Count; i++)
            {
                string path = Path.Combine(folder.FullName, $"{i:D4}.der");
                await File.WriteAllBytesAsync(path, certificates[i], TestContext.Current.CancellationToken);
            }

            string loop = $"for f in *.der; do openssl x509 -inform DER -in $f -noout -subject {options}; done";
            string output = await RunAsync($"{loop} | {filter}", folder.FullName);
            string[] lines = output.Split('\n')[..^1];
            lines.Length.Should().Be(certificates.Count);
            return lines;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string script, string folder)
    {
        ProcessStartInfo start = new("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["LC_ALL"] = "C";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("bash is not installed.");
        }

        using (process)
        {
            Assert.NotNull(process);
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await errors;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
    }
}
