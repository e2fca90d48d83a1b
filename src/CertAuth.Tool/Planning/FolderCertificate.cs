using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>A certificate of the folder, verified with each trust bundle.</summary>
/// <param name="FileName">The file name, without the folder.</param>
/// <param name="Content">The certificates of the file.</param>
internal sealed record FolderCertificate(string FileName, CertificateFile Content)
{
    /// <summary>Gets a value that indicates whether the time of the plan is within the validity period of the certificate.</summary>
    internal required bool IsWithinValidity { get; init; }

    /// <summary>Gets the verdict of the new bundle.</summary>
    internal required PathVerdict New { get; init; }

    /// <summary>Gets the verdict of the old bundle; null if no old bundle was specified.</summary>
    internal required PathVerdict? Old { get; init; }
}
