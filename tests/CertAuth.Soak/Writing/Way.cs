using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>A way of putting new files in the place of old ones.</summary>
internal abstract class Way(string folder, Tear tear)
{
    protected string Folder { get; } = folder;

    protected Tear Tear { get; } = tear;

    /// <summary>The names of the ways.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["rename", "in place", "symlink"];

    internal static Way Of(string name, string folder, Tear tear) => name switch
    {
        "rename" => new RenameWay(folder, tear),
        "in place" => new InPlaceWay(folder, tear),
        "symlink" => new SymlinkWay(folder, tear),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such way."),
    };

    /// <summary>Writes a generation; when it returns all of it is there.</summary>
    internal abstract Task WriteAsync(IReadOnlyList<FileContent> files, int generation);
}
