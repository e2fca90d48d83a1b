using System.Collections.Concurrent;
using System.Text.Json;

namespace CertAuth.Tests.Support;

/// <summary>A file of vectors with ids: the ids are the rows of a theory, each row finds its vector again.</summary>
internal sealed class VectorFile<T>(string name, Func<T, string> id)
{
    private const string Absent = "(vectors absent)";

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ConcurrentDictionary<string, T> _byId = new();

    /// <summary>The ids, or one row that makes its test skip itself where the vectors are absent.</summary>
    internal TheoryData<string> Ids => IdsWhere(_ => true);

    /// <summary>All vectors; skips the running test where they are absent.</summary>
    internal IReadOnlyList<T> All => field ??=
        JsonSerializer.Deserialize<List<T>>(File.ReadAllText(SharedFiles.RequireVectors(name)), s_options)!;

    /// <summary>The ids of the vectors that a test is about, or one row as above.</summary>
    internal TheoryData<string> IdsWhere(Func<T, bool> applies) =>
        File.Exists(Path.Combine(SharedFiles.VectorsFolder, name)) ? [.. All.Where(applies).Select(id)] : [Absent];

    internal T this[string wanted]
    {
        get
        {
            if (_byId.IsEmpty)
            {
                foreach (T vector in All)
                    _byId[id(vector)] = vector;
            }

            return _byId[wanted];
        }
    }
}
