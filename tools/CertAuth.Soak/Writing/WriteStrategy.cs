using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>A way in which programs replace files.</summary>
internal abstract class WriteStrategy(string folder, TornWriteSimulator simulator)
{
    protected string Folder { get; } = folder;

    protected TornWriteSimulator Simulator { get; } = simulator;

    /// <summary>Gets the names of the strategies.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["rename", "in place", "symlink"];

    internal static WriteStrategy Create(string name, string folder, TornWriteSimulator simulator) => name switch
    {
        "rename" => new RenameStrategy(folder, simulator),
        "in place" => new InPlaceStrategy(folder, simulator),
        "symlink" => new SymlinkStrategy(folder, simulator),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The strategy is unknown."),
    };

    /// <summary>Writes all files of a generation, and returns when they are complete.</summary>
    internal abstract Task WriteAsync(IReadOnlyList<FileContent> files, int generation);
}
