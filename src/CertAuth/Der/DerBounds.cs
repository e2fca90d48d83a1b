namespace CertAuth.Der;

/// <summary>The bounds of object identifiers. docs/bounds.md states what happens beyond each.</summary>
internal static class DerBounds
{
    /// <summary>The maximum length of the content of an OID, in bytes.</summary>
    // A single arc has no limit of its own, and the time to format an arc grows with the square of its length.
    internal const int MaxOidBytes = 256;

    /// <summary>The maximum length of a dotted OID, in characters.</summary>
    // Each byte becomes at most four characters.
    internal const int MaxOidTextLength = 4 * MaxOidBytes + 4;
}
