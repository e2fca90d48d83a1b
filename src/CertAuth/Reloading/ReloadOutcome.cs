namespace CertAuth.Reloading;

/// <summary>The outcomes of a reload.</summary>
public enum ReloadOutcome
{
    /// <summary>There was no reload.</summary>
    None = 0,

    /// <summary>New material was loaded and is in use.</summary>
    Loaded = 1,

    /// <summary>The content has not changed. The material in use stays.</summary>
    Unchanged = 2,

    /// <summary>The content cannot be read or used, or the reload was canceled. The material in use stays, unless it is stale
    /// (<see cref="ReloadOptions.MaxAge"/>).</summary>
    Failed = 3,
}
