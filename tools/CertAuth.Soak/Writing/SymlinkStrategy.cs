using System.Globalization;
using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Replaces files like kubelet: the files are links into <c>..data</c>, which is a link to the current folder. It fills a new
/// folder, replaces the link by a rename, and deletes the old folder.</summary>
internal sealed class SymlinkStrategy(string folder, TornWriteSimulator simulator) : WriteStrategy(folder, simulator)
{
    private const string Data = "..data";

    internal override async Task WriteAsync(IReadOnlyList<FileContent> files, int generation)
    {
        string stamp = TimeProvider.System.GetUtcNow().ToString("yyyy_MM_dd_HH_mm_ss.fffffff", CultureInfo.InvariantCulture);
        string target = string.Create(CultureInfo.InvariantCulture, $"..{stamp}_{generation}");
        string data = Path.Combine(Folder, Data);
        string? old = new FileInfo(data).LinkTarget;
        Directory.CreateDirectory(Path.Combine(Folder, target));
        foreach (FileContent file in Simulator.Shuffle(files))
            await FillAsync(Path.Combine(Folder, target, file.Name), file.Content, isFirst: old is null);

        File.CreateSymbolicLink(data + "_tmp", target);
        LinkRename.Replace(data + "_tmp", data);
        foreach (FileContent file in files.Where(_ => old is null))
            File.CreateSymbolicLink(Path.Combine(Folder, file.Name), Path.Combine(Data, file.Name));
        if (old is not null)
            Directory.Delete(Path.Combine(Folder, old), recursive: true);
    }

    // The new folder is not in use yet.
    private async Task FillAsync(string path, byte[] content, bool isFirst)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        int half = content.Length / 2;
        await stream.WriteAsync(content.AsMemory(0, half));
        if (!isFirst)
            await Simulator.PauseAsync();
        await stream.WriteAsync(content.AsMemory(half));
    }
}
