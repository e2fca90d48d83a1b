using System.ComponentModel;
using System.Diagnostics;

namespace CertAuth.Tests.Support;

/// <summary>The <c>openssl</c> command, as an independent oracle. It runs in a temporary directory that is deleted on disposal.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certauth-testing-");

    /// <summary>Skips the running test if openssl is not installed.</summary>
    internal OpenSsl()
    {
        try
        {
            Run("version");
        }
        catch (Win32Exception)
        {
            Dispose();
            Assert.Skip("The openssl command is not installed.");
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Writes a file into the directory and returns its name, which commands can use.</summary>
    internal string File(string name, string content)
    {
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, name), content);
        return name;
    }

    /// <summary>Writes a binary file into the directory and returns its name.</summary>
    internal string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Path.Combine(_directory.FullName, name), content);
        return name;
    }

    /// <summary>Reads a file that a command has written.</summary>
    internal byte[] ReadFile(string name) => System.IO.File.ReadAllBytes(Path.Combine(_directory.FullName, name));

    /// <summary>Skips the running test unless the version begins with the specified text.</summary>
    internal void RequireVersion(string version) => Assert.SkipUnless(
        Run("version").Output.StartsWith($"OpenSSL {version}", StringComparison.Ordinal), $"The openssl command is not OpenSSL {version}");

    /// <summary>Runs a command and returns its exit code and the text of both output streams.</summary>
    internal (int ExitCode, string Output) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return ReadToEnd(process);
    }

    /// <summary>Runs a command line in a shell and returns the text of both output streams. Skips the running test if bash is not
    /// installed.</summary>
    internal string RunShell(string commandLine)
    {
        try
        {
            using Process process = StartProgram("bash", "-c", commandLine);
            return ReadToEnd(process).Output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("bash is not installed.");
            throw;
        }
    }

    /// <summary>Starts a command. The caller reads its output and ends it. Its input stays open, because s_server exits at the end of its
    /// input.</summary>
    internal Process Start(params string[] arguments) => StartProgram("openssl", arguments);

    /// <summary>Runs a command and asserts that it succeeds.</summary>
    internal void Do(params string[] arguments)
    {
        (int exitCode, string output) = Run(arguments);
        exitCode.Should().Be(0, $"openssl {string.Join(' ', arguments)}: {output}");
    }

    /// <summary>Runs <c>openssl verify</c> for a leaf and its chain against an anchor.</summary>
    internal (int ExitCode, string Output) Verify(TestCertificateAuthority anchor, TestCertificate leaf, params string[] options)
    {
        string chain = File("chain.pem", leaf.PemWithChain);
        return Run(["verify", .. options, "-CAfile", File("ca.pem", anchor.Pem), "-untrusted", chain, File("leaf.pem", leaf.Pem)]);
    }

    /// <summary>Returns the output of <c>openssl x509 -noout</c> for a certificate.</summary>
    internal string Show(TestCertificate certificate, params string[] options)
    {
        (int exitCode, string output) = Run(["x509", "-in", File("shown.pem", certificate.Pem), "-noout", .. options]);
        exitCode.Should().Be(0, output);
        return output;
    }

    private Process StartProgram(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static (int ExitCode, string Output) ReadToEnd(Process process)
    {
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
