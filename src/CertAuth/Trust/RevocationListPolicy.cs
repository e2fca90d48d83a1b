namespace CertAuth.Trust;

/// <summary>Specifies the verdict on a path that needs a revocation list that is missing or stale.</summary>
public enum RevocationListPolicy
{
    /// <summary>The path is rejected.</summary>
    Reject = 0,

    /// <summary>The missing or stale list is no reason to reject the path.</summary>
    Accept = 1,
}
