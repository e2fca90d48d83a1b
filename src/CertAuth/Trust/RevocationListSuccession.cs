namespace CertAuth.Trust;

/// <summary>Decides which revocation lists in use outlive a reload that no longer brings them.</summary>
/// <remarks>
/// <para>Only a newer list of the same issuer replaces a list (or the same list, signed again), and only when it can do what the list does:
/// a current list replaces any older one, a stale list only an older stale one, a list that is not valid yet only an older one of its kind.
/// Every other list is kept beside those of the files. So a CRL file that was rolled back, by mistake or by an attacker, un-revokes nothing
/// while the process runs, and a list that comes before its time leaves the current one in use. An issuer is a name and a key: after a
/// rotation, old and new CA number their lists independently.</para>
/// <para>A kept list revokes whatever it names. It clears certificates only while the files contain a list of its issuer, too
/// (<see cref="RevocationChecker"/>): a list that was removed from the files is missing.</para>
/// <para>At most three lists of an issuer are kept: the newest, the newest that is current, and the newest that is not valid yet. Lists of
/// a CA that has left the bundle stay known, in case it is added again.</para>
/// </remarks>
internal static class RevocationListSuccession
{
    /// <summary>The maximum number of lists that are kept; what files may hold.</summary>
    internal const int MaxKept = RevocationListFileReader.MaxLists;

    /// <summary>The maximum size, in bytes, of all kept lists of which no CA is known to have signed them: anybody who can write the file
    /// can make them.</summary>
    internal const int MaxUnverifiedBytes = RevocationListFileReader.MaxBytes;

    /// <summary>Returns the lists of the files, then the lists that are kept.</summary>
    /// <param name="next">The lists that were read.</param>
    /// <param name="inUse">The lists in use, kept ones included.</param>
    /// <param name="cas">The CAs of both bundles.</param>
    /// <param name="now">The time.</param>
    internal static IReadOnlyList<RevocationList> Merge(
        IReadOnlyList<RevocationList> next, IReadOnlyList<RevocationList> inUse, IEnumerable<PathCertificate> cas, DateTimeOffset now)
    {
        // What is known of a list's signature stays known.
        Dictionary<byte[], RevocationList> known = new(ByteArrayComparer.Instance);
        foreach (RevocationList list in inUse)
            known.TryAdd(list.Der, list);
        List<RevocationList> files =
            [.. next.Where(list => !list.IsKept).Select(list => known.GetValueOrDefault(list.Der, list).With(isKept: false))];
        foreach (RevocationList list in files)
            known.Remove(list.Der);
        if (known.Count == 0)
            return files;

        RevocationListSigners signers = new(cas, [.. files, .. known.Values]);
        List<RevocationList> kept = [];
        foreach (RevocationList list in NewestFirst(known.Values))
        {
            if (!files.Concat(kept).Any(newer => Replaces(newer, list, signers, now)))
                kept.Add(list);
        }

        return [.. files, .. WithinBounds(kept, signers).Select(list => list.With(isKept: true))];
    }

    // Lists of one issuer in the order of their age; across issuers the order says nothing, and does no harm.
    private static IEnumerable<RevocationList> NewestFirst(IEnumerable<RevocationList> lists) =>
        lists.Order(Comparer<RevocationList>.Create((x, y) => x.IsNewerThan(y) ? -1 : y.IsNewerThan(x) ? 1 : 0));

    private static bool Replaces(RevocationList newer, RevocationList older, RevocationListSigners signers, DateTimeOffset now)
    {
        if (!HasNameOf(newer, older) || older.IsNewerThan(newer))
            return false;

        RevocationListState state = newer.StateAt(now);
        if ((state != RevocationListState.Current && state != older.StateAt(now)) || !HasSignerOf(newer, older, signers))
            return false;

        // Of the same age: a list that was signed again. Entries are compared only where a CA signed both: anybody can make a thousand long
        // lists of one name, number and date.
        return newer.IsNewerThan(older) || (signers.Find(older) is not null && newer.RevokesNoLessThan(older));
    }

    private static bool HasNameOf(RevocationList x, RevocationList y) =>
        x.FoldedIssuer is { } name && y.FoldedIssuer is { } other && name.AsSpan().SequenceEqual(other);

    // Of an issuer that is not in the bundle and that no client has sent, the key is unknown: there the name has to do.
    private static bool HasSignerOf(RevocationList newer, RevocationList older, RevocationListSigners signers) =>
        signers.Find(older) is { } signer
            ? signers.Find(newer)?.IsSameAuthority(signer) == true
            : signers.Find(newer) is null && !signers.IsExhausted;

    // Of those that anybody can make, the ones that are kept already and small ones go first: junk must not push them out.
    private static IEnumerable<RevocationList> WithinBounds(List<RevocationList> kept, RevocationListSigners signers)
    {
        long bytesLeft = MaxUnverifiedBytes;
        IEnumerable<RevocationList> unverified = kept.Where(list => signers.Find(list) is null)
            .OrderByDescending(list => list.IsKept).ThenBy(list => list.Der.Length)
            .TakeWhile(list => (bytesLeft -= list.Der.Length) >= 0);
        return kept.Where(list => signers.Find(list) is not null).Concat(unverified).Take(MaxKept);
    }
}
