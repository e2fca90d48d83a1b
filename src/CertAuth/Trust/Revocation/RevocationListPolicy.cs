namespace CertAuth.Trust;

/// <summary>Specifies the verdict on a path if a revocation list that it needs is missing or stale.</summary>
public enum RevocationListPolicy
{
    /// <summary>The path is rejected.</summary>
    Reject = 0,

    /// <summary>The path is not rejected because of the missing or stale list.</summary>
    Accept = 1,
}
