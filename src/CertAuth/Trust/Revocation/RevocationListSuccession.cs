namespace CertAuth.Trust;

/// <summary>Decides which revocation lists in use are kept after a reload of files that no longer contain them.</summary>
/// <remarks>
/// <para>A list is replaced only by a newer list of the same issuer, or by one of the same number and date that revokes at least the same
/// certificates. A current list replaces any older one, a stale list only an older stale one, and a list that is not valid yet only an
/// older list that is not valid yet. All other lists are kept in addition to those of the files. Therefore a CRL file that was rolled back,
/// by mistake or by an attacker, does not undo a revocation while the process runs, and a list that is published before its thisUpdate
/// leaves the current one in use. An issuer is a name and a key: after a rotation, the old and the new CA number their lists
/// independently.</para>
/// <para>All entries of a kept list revoke. A kept list proves that a certificate is not revoked only while the files contain a list of the
/// same issuer (<see cref="RevocationChecker"/>). Otherwise, the issuer's list counts as missing.</para>
/// <para>Of the lists of an issuer, at most one stale list, one current list and one list that is not valid yet are kept: the newest of
/// each. More are kept only if they have the same number and date and none is known to revoke all certificates of the others. The lists of
/// a CA that was removed from the bundle are kept in case the CA is added again.</para>
/// </remarks>
internal static class RevocationListSuccession
{
    /// <summary>Returns the lists of the files, followed by the lists that are kept.</summary>
    /// <param name="next">The lists of the files.</param>
    /// <param name="inUse">The lists in use, kept ones included.</param>
    /// <param name="cas">The CAs of both bundles.</param>
    /// <param name="now">The current time.</param>
    internal static IReadOnlyList<RevocationList> Merge(
        IReadOnlyList<RevocationList> next, IReadOnlyList<RevocationList> inUse, IEnumerable<PathCertificate> cas, DateTimeOffset now)
    {
        // A list that is in use already is represented by the same object, so that its cached signature checks are used again.
        Dictionary<byte[], RevocationList> known = new(ByteArrayComparer.Instance);
        foreach (RevocationList list in inUse)
            known.TryAdd(list.Der, list);
        List<RevocationList> files =
            [.. next.Where(list => !list.IsKept).Select(list => known.GetValueOrDefault(list.Der, list).MarkAsKept(isKept: false))];
        foreach (RevocationList list in files)
            known.Remove(list.Der);
        if (known.Count == 0)
            return files;

        RevocationListSigners signers = new(cas, [.. files, .. known.Values]);
        List<RevocationList> kept = [];
        foreach (RevocationList list in OrderNewestFirst(known.Values))
        {
            if (!files.Concat(kept).Any(newer => Replaces(newer, list, signers, now)))
                kept.Add(list);
        }

        return [.. files, .. ApplyLimits(kept, signers).Select(list => list.MarkAsKept(isKept: true))];
    }

    // Lists are compared only within one issuer. The order of lists of different issuers does not matter.
    private static IEnumerable<RevocationList> OrderNewestFirst(IEnumerable<RevocationList> lists) =>
        lists.Order(Comparer<RevocationList>.Create((x, y) => x.IsNewerThan(y) ? -1 : y.IsNewerThan(x) ? 1 : 0));

    private static bool Replaces(RevocationList newer, RevocationList older, RevocationListSigners signers, DateTimeOffset now)
    {
        if (!HasSameIssuerName(newer, older) || older.IsNewerThan(newer))
            return false;

        RevocationListState state = newer.GetState(now);
        if ((state != RevocationListState.Current && state != older.GetState(now)) || !HasSameSigner(newer, older, signers))
            return false;

        // A CA may sign a list again with the same number and date. Entries are compared only if a CA signed both lists, because anyone can
        // create thousands of long lists with the same name, number and date.
        return newer.IsNewerThan(older) || (signers.Find(older) is not null && newer.RevokesAllOf(older));
    }

    private static bool HasSameIssuerName(RevocationList x, RevocationList y) =>
        x.FoldedIssuer is { } name && y.FoldedIssuer is { } other && name.AsSpan().SequenceEqual(other);

    // If the issuer is neither in a bundle nor known from the certificates of a client, its key is unknown. Then only the names are
    // compared.
    private static bool HasSameSigner(RevocationList newer, RevocationList older, RevocationListSigners signers) =>
        signers.Find(older) is { } signer
            ? signers.Find(newer)?.IsSameAuthority(signer) == true
            : signers.Find(newer) is null && !signers.IsExhausted;

    // Of the lists without a known signer, those that are kept already come first, then small ones, so that junk does not displace them.
    private static IEnumerable<RevocationList> ApplyLimits(List<RevocationList> kept, RevocationListSigners signers)
    {
        long bytesLeft = TrustBounds.MaxUnverifiedRevocationListBytes;
        IEnumerable<RevocationList> unverified = kept.Where(list => signers.Find(list) is null)
            .OrderByDescending(list => list.IsKept).ThenBy(list => list.Der.Length)
            .TakeWhile(list => (bytesLeft -= list.Der.Length) >= 0);
        return kept.Where(list => signers.Find(list) is not null).Concat(unverified).Take(TrustBounds.MaxKeptRevocationLists);
    }
}
