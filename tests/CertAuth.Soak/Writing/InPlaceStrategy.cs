using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Truncates each file and writes it in two parts, one file after the other, in any order.</summary>
internal sealed class InPlaceStrategy(string folder, TearSimulator tear) : WriteStrategy(folder, tear)
{
    private const int EmptyOnesEvery = 4;

    internal override async Task WriteAsync(IReadOnlyList<FileContent> files, int generation)
    {
        FileContent[] shuffled = Tear.Shuffle(files);
        foreach (FileContent file in shuffled)
        {
            // Unbuffered, so that written data is visible immediately.
            string path = Path.Combine(Folder, file.Name);
            using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (Tear.Chance(EmptyOnesEvery))
                await Tear.PauseAsync();
            await Tear.WriteAsync(stream, file.Content, Tear.FindPosition(file.Content));
            if (file != shuffled[^1])
                await Tear.PauseAsync();
        }
    }
}
