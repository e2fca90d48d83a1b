namespace CertAuth.Json;

/// <summary>Which objects must have unique member names.</summary>
internal enum JsonNameUniqueness
{
    /// <summary>All objects, at any depth.</summary>
    Everywhere = 1,

    /// <summary>Only the outermost object. The objects in it are read separately later.</summary>
    OutermostOnly = 2,
}
