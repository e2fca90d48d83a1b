using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>A way of replacing files.</summary>
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
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The way is unknown."),
    };

    /// <summary>Writes a generation completely.</summary>
    internal abstract Task WriteAsync(IReadOnlyList<FileContent> files, int generation);
}
