using CertAuth.Certificates;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>A certificate of the folder, and what each bundle makes of it.</summary>
internal sealed record FolderCertificate(string FileName, CertificateFile Content)
{
    /// <summary>Whether its own validity has begun and isn't over: otherwise no bundle makes it good.</summary>
    internal required bool IsWithinValidity { get; init; }

    /// <summary>What the new bundle makes of it.</summary>
    internal required PathVerdict New { get; init; }

    /// <summary>What the old bundle makes of it; null where there is none to compare with.</summary>
    internal required PathVerdict? Old { get; init; }
}

/// <summary>A verified certificate, or why it isn't.</summary>
internal sealed record PathVerdict(VerifiedCertificate? Verified, Rejection? Rejection);
