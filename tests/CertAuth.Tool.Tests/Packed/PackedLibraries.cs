using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>A folder that is a package source: the packed libraries, and the packages that they depend on. Nothing is downloaded.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    private static readonly string[] s_projects = ["CertAuth", "CertAuth.Testing"];

    private readonly TempFolder _folder = new();

    private string? _problem;

    internal string FolderPath => _folder.Path;

    internal string Source => _folder["packages"];

    public async ValueTask InitializeAsync()
    {
        _problem = Dotnet.FindProblem("CertAuth");
        if (_problem is not null)
            return;

        foreach (string project in s_projects)
            await Dotnet.PackAsync(project, Source, _folder.Path);
        CopyDependencies();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test if the libraries cannot be packed.</summary>
    internal void SkipIfUnavailable() => Assert.SkipWhen(_problem is not null, _problem ?? "");

    /// <summary>Returns the version of a package.</summary>
    internal string GetVersion(string id) =>
        ReadSpecification(id).Descendants().First(element => element.Name.LocalName == "version").Value;

    /// <summary>Returns the dependencies of a package from its nuspec: the identifier and the lowest version of each.</summary>
    internal string[] GetDependencies(string id) =>
    [
        .. ReadSpecification(id).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}"),
    ];

    /// <summary>Gets a value of the package's metadata.</summary>
    internal string GetMetadata(string id, string name) =>
        ReadSpecification(id).Descendants().First(element => element.Name.LocalName == name).Value;

    /// <summary>Reads a file of a package as text.</summary>
    internal string ReadText(string id, string entry) => Encoding.UTF8.GetString(ReadEntry(id, entry)).TrimStart('\uFEFF');

    /// <summary>Reads a file of a package.</summary>
    internal byte[] ReadEntry(string id, string entry)
    {
        using ZipArchive package = ZipFile.OpenRead(FindPackage(Source, $"{id}.?.?.?.nupkg"));
        using Stream content = package.GetEntry(entry)!.Open();
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private XDocument ReadSpecification(string id) => XDocument.Parse(ReadText(id, $"{id}.nuspec"));

    // NuGet keeps each archive in the folder of the extracted package.
    private void CopyDependencies()
    {
        string path = Path.Combine(SharedFiles.RepositoryRoot, "src", "CertAuth", "obj", "project.assets.json");
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(path));
        string packages = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        foreach (JsonElement library in assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Value))
        {
            string archive = FindPackage(Path.Combine(packages, library.GetProperty("path").GetString()!), "*.nupkg");
            File.Copy(archive, Path.Combine(Source, Path.GetFileName(archive)));
        }
    }

    private static string FindPackage(string folder, string pattern) => Directory.GetFiles(folder, pattern).Single();
}
