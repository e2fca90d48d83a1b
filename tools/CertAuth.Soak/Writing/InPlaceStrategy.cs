using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Truncates each file and writes it in two parts, one file after the other, in any order.</summary>
internal sealed class InPlaceStrategy(string folder, TornWriteSimulator simulator) : WriteStrategy(folder, simulator)
{
    private const int WritesPerEmptyFile = 4;

    internal override async Task WriteAsync(IReadOnlyList<FileContent> files, int generation)
    {
        FileContent[] shuffled = Simulator.Shuffle(files);
        foreach (FileContent file in shuffled)
        {
            // Unbuffered, so that written data is visible immediately.
            string path = Path.Combine(Folder, file.Name);
            using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (Simulator.IsChosen(WritesPerEmptyFile))
                await Simulator.PauseAsync();
            await Simulator.WriteAsync(stream, file.Content, Simulator.FindInterruption(file.Content));
            if (file != shuffled[^1])
                await Simulator.PauseAsync();
        }
    }
}
