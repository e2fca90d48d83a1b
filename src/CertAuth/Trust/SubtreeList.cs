namespace CertAuth.Trust;

/// <summary>The list that a subtree belongs to. It decides how a wildcard is compared.</summary>
internal enum SubtreeList
{
    /// <summary>A name is inside only if all names that it stands for are inside.</summary>
    Permitted = 1,

    /// <summary>A name is inside if at least one name that it stands for is inside.</summary>
    Excluded = 2,
}
