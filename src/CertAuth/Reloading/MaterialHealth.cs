namespace CertAuth.Reloading;

/// <summary>The health of a reloadable material. A greater value is worse.</summary>
public enum MaterialHealth
{
    /// <summary>There is no status.</summary>
    None = 0,

    /// <summary>The last reload succeeded, and nothing expires soon.</summary>
    Healthy = 1,

    /// <summary>The material works but needs attention: the last reload failed; the material or a part of it expires soon; a part has
    /// expired or was not renewed in time; or a revocation list stays in use that the files no longer contain.</summary>
    Degraded = 2,

    /// <summary>The material has expired, is not valid yet, is stale, or lacks every revocation list that it needs. Logins are
    /// rejected.</summary>
    Unhealthy = 3,
}
