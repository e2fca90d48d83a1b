using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>A way of putting new files in the place of old ones.</summary>
internal abstract class WriteStrategy(string folder, TearSimulator tear)
{
    protected string Folder { get; } = folder;

    protected TearSimulator Tear { get; } = tear;

    /// <summary>The names of the ways.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["rename", "in place", "symlink"];

    internal static WriteStrategy Of(string name, string folder, TearSimulator tear) => name switch
    {
        "rename" => new RenameStrategy(folder, tear),
        "in place" => new InPlaceStrategy(folder, tear),
        "symlink" => new SymlinkStrategy(folder, tear),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such way."),
    };

    /// <summary>Writes a generation; when it returns all of it is there.</summary>
    internal abstract Task WriteAsync(IReadOnlyList<FileContent> files, int generation);
}
