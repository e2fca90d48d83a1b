using System.Text.Json.Nodes;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>The stored form of a requirement for a server, or the reason why the server cannot store it.</summary>
/// <param name="Name">The name of the server.</param>
/// <param name="Key">The key in JSON.</param>
/// <param name="Stored">The stored form, or null.</param>
/// <param name="Error">The reason why there is none.</param>
internal sealed record StoredForm(string Name, string Key, StoredRequirement? Stored, RequirementError Error)
{
    internal static IEnumerable<StoredForm> GetAll(LoginRequirement requirement) =>
    [
        Get(requirement, StoredRequirementFormat.Tidb, "TiDB", "tidb"),
        Get(requirement, StoredRequirementFormat.MariaDb, "MariaDB", "mariadb"),
        Get(requirement, StoredRequirementFormat.CertAuth, "CertAuth", "certauth"),
    ];

    internal string Describe() => Stored?.Json ?? Error.ToString();

    internal JsonObject ToJson() => new()
    {
        ["record"] = Stored is null ? null : JsonNode.Parse(Stored.Json),
        ["error"] = Stored is null ? Error.ToString() : null,
    };

    private static StoredForm Get(LoginRequirement requirement, StoredRequirementFormat format, string name, string key) =>
        new(name, key, requirement.TryToStored(format, out StoredRequirement? stored, out RequirementError error) ? stored : null, error);
}
