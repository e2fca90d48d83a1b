using System.Globalization;
using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>As kubelet does it: files are links into <c>..data</c>, itself a link to a folder of the moment. A new folder is filled, the link is swapped by a
/// rename, and the old folder goes.</summary>
internal sealed class SymlinkStrategy(string folder, TearSimulator tear) : WriteStrategy(folder, tear)
{
    private const string Data = "..data";

    internal override async Task WriteAsync(IReadOnlyList<FileContent> files, int generation)
    {
        string stamp = TimeProvider.System.GetUtcNow().ToString("yyyy_MM_dd_HH_mm_ss.fffffff", CultureInfo.InvariantCulture);
        string target = string.Create(CultureInfo.InvariantCulture, $"..{stamp}_{generation}");
        string data = Path.Combine(Folder, Data);
        string? old = new FileInfo(data).LinkTarget;
        Directory.CreateDirectory(Path.Combine(Folder, target));
        foreach (FileContent file in Tear.Shuffle(files))
            await FillAsync(Path.Combine(Folder, target, file.Name), file.Content, isFirst: old is null);

        File.CreateSymbolicLink(data + "_tmp", target);
        Rename.Over(data + "_tmp", data);
        foreach (FileContent file in files.Where(_ => old is null))
            File.CreateSymbolicLink(Path.Combine(Folder, file.Name), Path.Combine(Data, file.Name));
        if (old is not null)
            Directory.Delete(Path.Combine(Folder, old), recursive: true);
    }

    // Nobody looks into the new folder yet.
    private async Task FillAsync(string path, byte[] content, bool isFirst)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        int half = content.Length / 2;
        await stream.WriteAsync(content.AsMemory(0, half));
        if (!isFirst)
            await Tear.PauseAsync();
        await stream.WriteAsync(content.AsMemory(half));
    }
}
