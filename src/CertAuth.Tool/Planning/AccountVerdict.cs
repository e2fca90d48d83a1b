namespace CertAuth.Tool.Planning;

/// <summary>The effect of a new trust bundle on an account, with the certificates concerned.</summary>
/// <param name="Outcome">The effect.</param>
/// <param name="Remaining">A certificate with which the account can log in, or null.</param>
/// <param name="Lost">The certificates with which it cannot log in.</param>
internal sealed record AccountVerdict(AccountOutcome Outcome, FolderCertificate? Remaining, IReadOnlyList<FolderCertificate> Lost)
{
    /// <summary>Gets a value that indicates whether a client with a certificate for the account cannot log in.</summary>
    internal bool NeedsAttention => Outcome >= AccountOutcome.LosesCertificate;
}
