namespace CertAuth.Reloading;

/// <summary>The health of a reloadable material. A greater value is worse.</summary>
public enum MaterialHealth
{
    /// <summary>There is no status.</summary>
    None = 0,

    /// <summary>The last reload succeeded, and nothing has expired or expires soon.</summary>
    Healthy = 1,

    /// <summary>The material works but needs attention: the last reload failed; the material or a part of it expires soon; a part has
    /// expired or was not renewed in time; a CA has no revocation list, or only lists that are not valid yet; or a revocation list that the
    /// files no longer contain is still in use.</summary>
    Degraded = 2,

    /// <summary>The material cannot be used: it has expired, is not valid yet or is stale; its revocation lists are missing or stale, so
    /// that no client certificate can be accepted; or its reader says so (<see cref="IMaterialReader{T}.IsUsable"/>). Logins that need it
    /// fail.</summary>
    Unhealthy = 3,
}
