namespace CertAuth.Json;

/// <summary>The bound of JSON objects. docs/bounds.md states what happens beyond it.</summary>
internal static class JsonBounds
{
    /// <summary>The maximum number of members in one object.</summary>
    // Each is compared with those before.
    internal const int MaxMembers = 128;
}
