using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

/// <summary>A simple model of the rules of docs/rotation.md for revocation lists and reloads.</summary>
internal sealed class RevocationModel(RevocationModel.Files first)
{
    /// <summary>The files in use.</summary>
    internal Files InUse { get; private set; } = first;

    /// <summary>The lists in use that the files do not contain.</summary>
    internal HashSet<ListVersion> Kept { get; private set; } = [];

    /// <summary>The newest list of each CA that was ever in use.</summary>
    internal Dictionary<string, ListVersion> Newest { get; } = first.Lists.GroupBy(l => l.Ca).ToDictionary(g => g.Key, g => g.Max()!);

    internal string Reload(Files files, DateTimeOffset now)
    {
        if (!files.IsGood)
            return "Failed";

        ListVersion[] known = [.. InUse.Lists, .. Kept, .. files.Lists];
        Kept = [.. known.Where(list => !files.Lists.Contains(list) && !Array.Exists(known, other => Replaces(other, list, now)))];
        bool isSame = files.Id == InUse.Id;
        InUse = files;
        foreach (ListVersion list in files.Lists)
            Newest[list.Ca] = Newest.TryGetValue(list.Ca, out ListVersion? newest) && newest.CompareTo(list) > 0 ? newest : list;
        return isSame ? "Unchanged" : "Loaded";
    }

    /// <summary>The lists that decide about the clients of a CA, as if all were read from files; null if the files contain no list of the
    /// CA.</summary>
    internal IEnumerable<ListVersion>? FindLists(string ca) =>
        InUse.Lists.Any(list => list.Ca == ca) ? [.. InUse.Lists, .. Kept.Where(list => list.Ca == ca)] : null;

    private static bool Replaces(ListVersion newer, ListVersion older, DateTimeOffset now) => newer.Ca == older.Ca
        && newer.CompareTo(older) > 0 && (newer.StateAt(now) == RevocationListState.Current || newer.StateAt(now) == older.StateAt(now));

    /// <summary>The files in the folder.</summary>
    internal sealed record Files(string Cas, ListVersion[] Lists)
    {
        internal string Id => $"{Cas}: {string.Join(' ', Lists.Select(list => list.Id))}";

        // A file of revocation lists that contains none is malformed.
        internal bool IsGood => Cas != "garbage" && Lists.Length > 0;
    }

    /// <summary>One list of a CA.</summary>
    internal sealed record ListVersion(string Ca, int Number, double From, double Until, string Revoked, DateTimeOffset Start)
        : IComparable<ListVersion>
    {
        internal string Id => $"{Ca}{Number}@{From}";

        public int CompareTo(ListVersion? other) => (Number, From).CompareTo((other!.Number, other.From));

        internal bool Revokes(string client) => Revoked.Contains(client, StringComparison.Ordinal);

        internal RevocationListState StateAt(DateTimeOffset now) => now < Start.AddDays(From) ? RevocationListState.NotYetValid
            : now < Start.AddDays(Until).AddSeconds(1) ? RevocationListState.Current : RevocationListState.Stale;
    }
}
