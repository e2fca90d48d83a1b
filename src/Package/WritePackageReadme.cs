using System;
using System.IO;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes the readme of a package with absolute links, and reads the release notes from CHANGELOG.md.</summary>
public sealed class WritePackageReadme : Task
{
    /// <summary>The readme in the repository. Its relative links are relative to its folder.</summary>
    [Required]
    public string Readme { get; set; }

    /// <summary>The folder of the repository.</summary>
    [Required]
    public string Root { get; set; }

    /// <summary>The address of the repository, with a slash at the end.</summary>
    [Required]
    public string Url { get; set; }

    /// <summary>The version of the package.</summary>
    [Required]
    public string Version { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Target { get; set; }

    /// <summary>The section of the version in CHANGELOG.md.</summary>
    [Output]
    public string ReleaseNotes { get; set; }

    public override bool Execute()
    {
        Uri root = new Uri(Path.GetFullPath(Root)), readme = new Uri(Path.GetFullPath(Readme));
        string text = Regex.Replace(
            File.ReadAllText(Readme),
            @"\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)",
            link => "](" + Url + root.MakeRelativeUri(new Uri(readme, link.Groups[1].Value)) + link.Groups[2].Value + ")");
        File.WriteAllText(Target, text);

        string changes = File.ReadAllText(Path.Combine(Root, "CHANGELOG.md"));
        string heading = @"^## \[" + Regex.Escape(Version) + @"\].*?\n";
        Match section = Regex.Match(changes, heading + @"(.+?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        if (!section.Success)
            Log.LogError("CHANGELOG.md has no section for version {0}.", Version);
        ReleaseNotes = section.Groups[1].Value.Trim();
        return section.Success;
    }
}
