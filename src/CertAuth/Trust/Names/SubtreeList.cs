namespace CertAuth.Trust;

/// <summary>Specifies the list that a subtree belongs to. The list determines how a wildcard name is compared.</summary>
internal enum SubtreeList
{
    /// <summary>A name is inside only if all names that it stands for are inside.</summary>
    Permitted = 1,

    /// <summary>A name is inside if at least one name that it stands for is inside.</summary>
    Excluded = 2,
}
