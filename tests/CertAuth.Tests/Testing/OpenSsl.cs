using System.ComponentModel;
using System.Diagnostics;
using CertAuth.Testing;
using FluentAssertions;

namespace CertAuth.Tests.Testing;

/// <summary>The <c>openssl</c> command as an outside oracle, in a directory of its own that goes when it is disposed.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certauth-testing-");

    /// <summary>Skips the test where there is no openssl.</summary>
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

    /// <summary>Writes a file for a command to name; the name is relative to the commands' directory.</summary>
    internal string File(string name, string content)
    {
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, name), content);
        return name;
    }

    /// <summary>Writes a file of octets.</summary>
    internal string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Path.Combine(_directory.FullName, name), content);
        return name;
    }

    /// <summary>Reads a file that a command wrote.</summary>
    internal byte[] ReadFile(string name) => System.IO.File.ReadAllBytes(Path.Combine(_directory.FullName, name));

    /// <summary>The exit code, and what was printed to both streams.</summary>
    internal (int ExitCode, string Output) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Starts a command whose output the caller reads, and which the caller ends. Its input stays open: s_server ends with
    /// it.</summary>
    internal Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("openssl", arguments)
    {
        WorkingDirectory = _directory.FullName,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs a command that must succeed.</summary>
    internal void Do(params string[] arguments)
    {
        (int exitCode, string output) = Run(arguments);
        exitCode.Should().Be(0, $"openssl {string.Join(' ', arguments)}: {output}");
    }

    /// <summary>What <c>openssl verify</c> says of a leaf under a CA.</summary>
    internal (int ExitCode, string Output) Verify(TestCertificateAuthority anchor, TestCertificate leaf, params string[] options)
    {
        string chain = File("chain.pem", leaf.PemWithChain);
        return Run(["verify", .. options, "-CAfile", File("ca.pem", anchor.Pem), "-untrusted", chain, File("leaf.pem", leaf.Pem)]);
    }

    /// <summary>What <c>openssl x509 -noout</c> prints of a certificate.</summary>
    internal string Show(TestCertificate certificate, params string[] options)
    {
        (int exitCode, string output) = Run(["x509", "-in", File("shown.pem", certificate.Pem), "-noout", .. options]);
        exitCode.Should().Be(0, output);
        return output;
    }
}
