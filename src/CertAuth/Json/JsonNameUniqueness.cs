namespace CertAuth.Json;

/// <summary>The objects of a text whose member names must be unique.</summary>
internal enum JsonNameUniqueness
{
    /// <summary>All objects, at any depth.</summary>
    Everywhere = 1,

    /// <summary>Only the outermost object. The caller reads the objects in it separately.</summary>
    OutermostOnly = 2,
}
