namespace CertAuth.Tool.Planning;

/// <summary>The effect of a new trust bundle on an account, with the certificates concerned.</summary>
/// <param name="Outcome">The effect.</param>
/// <param name="Remaining">A certificate with which the account can log in, or null.</param>
/// <param name="Lost">The certificates that are no longer accepted; with <see cref="AccountOutcome.AlreadyLockedOut"/>, all certificates
/// of the account.</param>
internal sealed record AccountVerdict(AccountOutcome Outcome, FolderCertificate? Remaining, IReadOnlyList<FolderCertificate> Lost)
{
    /// <summary>Gets a value that indicates whether the account is listed and causes exit code 1: true for every outcome except
    /// <see cref="AccountOutcome.NoCertificateRequired"/> and <see cref="AccountOutcome.Unchanged"/>.</summary>
    internal bool NeedsAttention => Outcome >= AccountOutcome.LosesCertificate;
}
