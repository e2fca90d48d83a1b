namespace CertAuth.Tool.Writing;

/// <summary>The users that can read a file that is written.</summary>
internal enum FileVisibility
{
    /// <summary>All users that the umask of the process permits. A replaced file keeps its mode.</summary>
    Everyone = 1,

    /// <summary>The owner, whatever the mode of a replaced file: for private keys.</summary>
    OwnerOnly = 2,

    /// <summary>The owner. A replaced file keeps its mode. For certificates in a folder that also contains private keys.</summary>
    OwnerByDefault = 3,
}
