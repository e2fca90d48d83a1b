namespace CertAuth.Tool.Writing;

/// <summary>The users that can read a new file.</summary>
internal enum FileVisibility
{
    /// <summary>All users, as far as the umask of the process permits. A replaced file keeps its mode.</summary>
    Everyone = 1,

    /// <summary>Only the owner, even if a replaced file had another mode. For private keys.</summary>
    OwnerOnly = 2,

    /// <summary>Only the owner, but a replaced file keeps its mode. For certificates in a folder that also contains private keys.</summary>
    OwnerByDefault = 3,
}
