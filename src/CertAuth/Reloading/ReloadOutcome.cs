namespace CertAuth.Reloading;

/// <summary>The outcomes of a reload.</summary>
public enum ReloadOutcome
{
    /// <summary>There was no reload.</summary>
    None = 0,

    /// <summary>New material was loaded and is in use.</summary>
    Loaded = 1,

    /// <summary>The content has not changed.</summary>
    Unchanged = 2,

    /// <summary>The content cannot be read or used. The previous material stays in use.</summary>
    Failed = 3,
}
