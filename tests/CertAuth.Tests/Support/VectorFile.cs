using System.Collections.Concurrent;
using System.Text.Json;

namespace CertAuth.Tests.Support;

/// <summary>A file of vectors. The IDs are the rows of a theory, and each row looks up its vector.</summary>
internal sealed class VectorFile<T>(string name, Func<T, string> id, string? member = null)
{
    private const string Absent = "(vectors absent)";

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ConcurrentDictionary<string, T> _byId = new();

    /// <summary>The IDs, or one row that is skipped if the vectors are absent.</summary>
    internal TheoryData<string> Ids => IdsWhere(_ => true);

    /// <summary>All vectors. Skips the running test if they are absent.</summary>
    internal IReadOnlyList<T> All => field ??= Read();

    /// <summary>Returns the IDs of the vectors that satisfy a condition, or one row that is skipped if the vectors are absent.</summary>
    internal TheoryData<string> IdsWhere(Func<T, bool> applies) =>
        File.Exists(Path.Combine(SharedFiles.VectorsFolder, name)) ? [.. All.Where(applies).Select(id)] : [Absent];

    internal T this[string vectorId]
    {
        get
        {
            if (_byId.IsEmpty)
            {
                foreach (T vector in All)
                    _byId[id(vector)] = vector;
            }

            return _byId[vectorId];
        }
    }

    // The vectors are the whole file or one member of its root object.
    private List<T> Read()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(SharedFiles.RequireVectors(name)));
        return (member is null ? file.RootElement : file.RootElement.GetProperty(member)).Deserialize<List<T>>(s_options)!;
    }
}
