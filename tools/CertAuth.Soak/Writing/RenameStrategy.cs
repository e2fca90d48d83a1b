using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Writes each file beside the old one and renames it. Each file is always complete, but they change one after the other, in any
/// order.</summary>
internal sealed class RenameStrategy(string folder, TornWriteSimulator simulator) : WriteStrategy(folder, simulator)
{
    internal override async Task WriteAsync(IReadOnlyList<FileContent> files, int generation)
    {
        FileContent[] shuffled = Simulator.Shuffle(files);
        foreach (FileContent file in shuffled)
        {
            string path = Path.Combine(Folder, file.Name);
            await File.WriteAllBytesAsync(path + ".new", file.Content);
            File.Move(path + ".new", path, overwrite: true);
            if (file != shuffled[^1])
                await Simulator.PauseAsync();
        }
    }
}
