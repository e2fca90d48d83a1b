namespace CertAuth.Trust;

/// <summary>What it means for a path that revocation lists are configured, and one that is needed isn't there or is out of date.</summary>
public enum RevocationListPolicy
{
    /// <summary>The path is refused.</summary>
    Deny = 0,

    /// <summary>The path is taken, as far as this goes.</summary>
    Allow = 1,
}
