using System.Text.RegularExpressions;
using CertAuth.Certificates;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Files that the tool wrote.</summary>
internal static partial class ToolFiles
{
    /// <summary>The first certificate of a file.</summary>
    internal static ParsedCertificate ReadCertificate(string path)
    {
        Assert.True(CertificateFile.TryRead(File.ReadAllBytes(path), out CertificateFile? file, out string? problem), problem);
        return file.Leaf;
    }

    /// <summary>How many certificates a file has.</summary>
    internal static int CountCertificates(string path) => CertificateBlock.Count(File.ReadAllText(path));

    internal static UnixFileMode ModeOf(string path)
    {
        if (!OperatingSystem.IsWindows())
            return File.GetUnixFileMode(path);
        Assert.Skip("Windows has no such modes.");
        return default;
    }

    internal static void LetEverybodyRead(string path)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        else
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n")]
    internal static partial Regex CertificateBlock { get; }
}
