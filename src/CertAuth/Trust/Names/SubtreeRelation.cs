namespace CertAuth.Trust;

/// <summary>The relation of a name to one subtree or to a list of subtrees.</summary>
internal enum SubtreeRelation
{
    /// <summary>The relation cannot be determined. The name is rejected.</summary>
    Unknown = 0,

    /// <summary>The list has no subtree for this kind of name.</summary>
    Unconstrained = 1,

    /// <summary>The name is inside the subtree, or inside one of the list.</summary>
    Inside = 2,

    /// <summary>The name is outside the subtree, or outside all of the list.</summary>
    Outside = 3,
}
