namespace CertAuth.Tests.Names;

/// <summary>A row of names_collisions.json: different names for which OpenSSL 3 prints the same text. Some IDs are not in
/// names.json.</summary>
internal sealed record NameCollision(string Oneline, IReadOnlyList<string> Ids)
{
    internal static VectorFile<NameCollision> File { get; } = new("names_collisions.json", group => group.Ids[0]);
}
