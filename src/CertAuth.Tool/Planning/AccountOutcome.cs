namespace CertAuth.Tool.Planning;

/// <summary>What a bundle means for an account.</summary>
internal enum AccountOutcome
{
    /// <summary>It demands no certificate.</summary>
    Unaffected = 0,

    /// <summary>Its certificates let it in.</summary>
    Unchanged = 1,

    /// <summary>One of its certificates lets it in, another no longer does.</summary>
    LosesCertificate = 2,

    /// <summary>It had a certificate, and none of them verifies any more.</summary>
    LockedOut = 3,

    /// <summary>It has certificates that neither the old bundle verifies nor the new one.</summary>
    AlreadyLockedOut = 4,

    /// <summary>No certificate has the names that it demands.</summary>
    NoCertificate = 5,
}

/// <summary>What becomes of an account, the certificate that lets it in, if any, and those that don't.</summary>
internal sealed record AccountVerdict(AccountOutcome Outcome, FolderCertificate? Remaining, IReadOnlyList<FolderCertificate> Lost)
{
    /// <summary>Whether somebody can't log in with a certificate that was meant for it.</summary>
    internal bool NeedsAttention => Outcome >= AccountOutcome.LosesCertificate;
}
