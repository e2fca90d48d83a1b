using System.Text.RegularExpressions;
using CertAuth.Certificates;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Reads files that the tool wrote.</summary>
internal static partial class ToolFiles
{
    /// <summary>Reads the first certificate of a file.</summary>
    internal static ParsedCertificate ReadCertificate(string path)
    {
        Assert.True(CertificateFile.TryRead(File.ReadAllBytes(path), out CertificateFile? file, out string? problem), problem);
        return file.Leaf;
    }

    /// <summary>Counts the certificates of a file.</summary>
    internal static int CountCertificates(string path) => CertificateBlock.Count(File.ReadAllText(path));

    internal static UnixFileMode GetMode(string path)
    {
        if (!OperatingSystem.IsWindows())
            return File.GetUnixFileMode(path);
        Assert.Skip("Windows has no file modes.");
        return default;
    }

    internal static void MakeReadableByAll(string path)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no file modes.");
        else
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n")]
    internal static partial Regex CertificateBlock { get; }
}
