namespace CertAuth.Reloading;

/// <summary>Follows the symbolic links of paths, each link read once: files reached through one link are of one generation, though the link is swapped
/// meanwhile (Kubernetes' <c>..data</c>). For one look.</summary>
internal sealed class PathResolver
{
    // As Linux has it (path_resolution(7)).
    private const int MaxLinks = 40;

    private readonly Dictionary<string, string?> _targets = [];

    /// <summary>The path of a file without any link in it.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">Too many links, or one that can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be searched.</exception>
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

            if (++links > MaxLinks)
                throw new IOException($"More than {MaxLinks} symbolic links: {path}");
            string root = Path.GetPathRoot(target)!;
            if (root.Length > 0)
                resolved = root;
            Push(parts, target[root.Length..]);
        }

        return resolved;
    }

    // The first part on top.
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
