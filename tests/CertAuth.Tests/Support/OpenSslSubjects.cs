using System.ComponentModel;
using System.Diagnostics;
using FluentAssertions;

namespace CertAuth.Tests.Support;

/// <summary>What the real <c>openssl x509 -subject</c> of this machine prints for many certificates, in one run of a shell.</summary>
internal static class OpenSslSubjects
{
    // TiDB's documentation tells people to paste what this prints. All are lines of ASCII, one for each certificate: the seds run once.
    private const string Seds = """sed 's/.\{8\}//' | sed 's/, /\//g' | sed 's/ = /=/g' | sed 's/^/\//'""";

    private const string Compat = "sed 's/^subject=//'";

    /// <summary>The text after the four seds for each certificate, in order; skips the running test
    /// where there is no OpenSSL 3.0.</summary>
    internal static Task<string[]> PrintThroughSedsAsync(IReadOnlyList<byte[]> certificates) => PrintAsync(certificates, "", Seds);

    /// <summary>The text of <c>-nameopt compat</c> for each certificate, in order; skips as above.</summary>
    internal static Task<string[]> PrintCompatAsync(IReadOnlyList<byte[]> certificates) =>
        PrintAsync(certificates, "-nameopt compat", Compat);

    private static async Task<string[]> PrintAsync(IReadOnlyList<byte[]> certificates, string options, string filter)
    {
        string version = await RunAsync("openssl version", Path.GetTempPath());
        if (!version.StartsWith("OpenSSL 3.0.", StringComparison.Ordinal))
            Assert.Skip("The openssl on the path isn't OpenSSL 3.0.");

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
            Assert.Skip("There is no bash on the path.");
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
