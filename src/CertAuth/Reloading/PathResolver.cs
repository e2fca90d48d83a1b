namespace CertAuth.Reloading;

/// <summary>Resolves the symbolic links in the paths of one reload. Not safe for concurrent use.</summary>
/// <remarks>Each link is read once. Files that are reached through the same link, such as <c>..data</c> of Kubernetes, are therefore of the
/// same generation, even if the link is replaced meanwhile.</remarks>
internal sealed class PathResolver
{
    private readonly Dictionary<string, string?> _targets = [];

    /// <summary>Returns the path of a file without symbolic links.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">There are too many links, or a link cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a directory is denied.</exception>
    internal string Resolve(string path)
    {
        string resolved = Path.GetPathRoot(path)!;
        Stack<string> parts = [];
        Push(parts, path[resolved.Length..]);
        int links = 0;
        while (parts.TryPop(out string? part))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            string candidate = Path.Combine(resolved, part);
            if (GetLinkTarget(candidate) is not { } target)
            {
                resolved = candidate;
                continue;
            }

            if (++links > ReloadBounds.MaxLinks)
                throw new IOException($"The path has more than {ReloadBounds.MaxLinks} symbolic links: {path}");
            string root = Path.GetPathRoot(target)!;
            if (root.Length > 0)
                resolved = root;
            Push(parts, target[root.Length..]);
        }

        return resolved;
    }

    // Pushes the parts of a path so that the first is on top.
    private static void Push(Stack<string> parts, string path)
    {
        foreach (string part in path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Reverse())
            parts.Push(part);
    }

    private string? GetLinkTarget(string path)
    {
        if (!_targets.TryGetValue(path, out string? target))
            _targets.Add(path, target = new FileInfo(path).LinkTarget);
        return target;
    }
}
