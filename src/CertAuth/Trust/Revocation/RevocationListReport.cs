using System.Collections.Immutable;
using System.Numerics;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A report for operators on the revocation lists of a bundle at one point in time.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class RevocationListReport
{
    private readonly TrustBundleOptions _options;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<byte[], Group> _groups;

    /// <summary>Creates a report at the current time.</summary>
    internal RevocationListReport(TrustBundle bundle)
    {
        _options = bundle.Options;
        _now = _options.TimeProvider.GetUtcNow();
        RevocationListSigners signers = new(bundle.Anchors.Select(a => a.Issuer), bundle.RevocationLists);
        _groups = bundle.RevocationLists.GroupBy(list => GetKey(list.FoldedIssuer, signers.Find(list)), ByteArrayComparer.Instance)
            .ToDictionary(lists => lists.Key, lists => new Group([.. lists], _now), ByteArrayComparer.Instance);
        string[] unlisted = bundle.RevocationLists.Count == 0 ? []
            : [.. bundle.IssuingAnchors.Where(IsValid).Select(GetMissingListWarning).OfType<string>()];
        Warnings = [.. _groups.Values.SelectMany(GetWarnings), .. unlisted];
        NeedsAttention = unlisted.Length > 0 || _groups.Values.Any(g => g.IsInFiles && (g.Kept.Any() || !g.Effective.Any()));
        CanAccept = bundle.RevocationLists.Count == 0 || _options.AllowCaAsLeaf
            || bundle.Anchors.Except(bundle.RevokedAnchors).Except(bundle.IssuingAnchors).Any(IsValid)
            || bundle.IssuingAnchors.Any(a => IsValid(a) && CanIssue(a));
    }

    /// <summary>Gets the warnings. Each consists of one or more sentences.</summary>
    internal ImmutableArray<string> Warnings { get; }

    /// <summary>Gets a value that indicates whether there is a warning about a missing list, an issuer has only lists that are not valid
    /// yet, or lists are in use that are no longer in the files.</summary>
    internal bool NeedsAttention { get; }

    /// <summary>Gets the nextUpdate of the last list of each issuer, by which the issuer must publish a new list. Empty if stale lists are
    /// accepted.</summary>
    internal IEnumerable<DateTimeOffset> RenewalDeadlines => _options.StaleRevocationList == RevocationListPolicy.Accept ? []
        : _groups.Values.Where(g => g.IsInFiles && g.Effective.Any()).Select(g => g.Effective.Max(list => list.NextUpdate));

    /// <summary>Gets a value that indicates whether the bundle can accept any certificate of a peer, considering the revocation lists and
    /// the validity periods of the bundle's certificates.</summary>
    internal bool CanAccept { get; }

    // Groups lists by name and key of the issuer, or by name only if the key is unknown.
    private static byte[] GetKey(byte[]? name, PathCertificate? signer) => signer is null
        ? [0, .. name ?? []]
        : [1, .. signer.Certificate.SubjectPublicKeyInfo, .. name ?? []];

    private bool IsValid(TrustAnchor anchor) => anchor.Certificate.Validity.Contains(_now);

    private Group? FindGroup(TrustAnchor anchor) => _groups.GetValueOrDefault(GetKey(anchor.Issuer.FoldedSubject, anchor.Issuer));

    private bool CanIssue(TrustAnchor anchor)
    {
        Group? group = FindGroup(anchor);
        RevocationList[] conclusive = group is not { IsInFiles: true } ? []
            : [.. group.Effective.Where(list => RevocationChecker.CanProveNotRevoked(list, anchor.Issuer, _options))];
        return conclusive.Length == 0 ? _options.MissingRevocationList == RevocationListPolicy.Accept
            : _options.StaleRevocationList == RevocationListPolicy.Accept
                || conclusive.Any(list => list.GetState(_now) == RevocationListState.Current);
    }

    private string? GetMissingListWarning(TrustAnchor anchor)
    {
        Group? group = FindGroup(anchor);
        bool isRejected = _options.MissingRevocationList == RevocationListPolicy.Reject;
        if (group is { IsInFiles: true } || (group is null && !isRejected))
            return null;

        string verdict = isRejected ? " Certificates that it issued are rejected." : "";
        string kept = group is null
            ? ""
            : $" Certificates that its earlier list (number {FormatNumber(group.Kept.First())}) revokes stay revoked.";
        return $"The files contain no revocation list of {anchor.EscapedSubject} ({anchor.KeyAndExpiry}).{verdict}{kept}";
    }

    private IEnumerable<string> GetWarnings(Group group)
    {
        if (!group.IsInFiles)
            yield break;

        RevocationList newest = group.NewestInFiles;
        string name = $"The revocation list of {ParsedCertificate.DescribeName(newest.IssuerDer)} with number {FormatNumber(newest)}";
        RevocationListState state = newest.GetState(_now);
        foreach (RevocationList kept in group.Kept)
        {
            string stays = $"number {FormatNumber(kept)}, issued {kept.ThisUpdate:u}, stays in use";
            yield return state == RevocationListState.NotYetValid ? $"{name} is not valid before {newest.ThisUpdate:u}; until then {stays}."
                : newest.IsNewerThan(kept) ? $"{name} expired at {newest.NextUpdate:u}; {stays} as well."
                : $"{name}, issued {newest.ThisUpdate:u}, is not newer than the list in use; {stays} as well.";
        }

        if (!group.Effective.Any())
            yield return $"{name} is not valid before {newest.ThisUpdate:u}, and no other list of this CA is in use.";
        else if (!group.Effective.Any(list => list.GetState(_now) == RevocationListState.Current))
            yield return $"{name} expired at {newest.NextUpdate:u}; publish a new one.";
    }

    private static string FormatNumber(RevocationList list) => list.Number.Length > TrustBounds.MaxRevocationListNumberBytes
        ? $"of {list.Number.Length} bytes"
        : new BigInteger(list.Number, isUnsigned: true, isBigEndian: true).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The revocation lists of one issuer.</summary>
    private sealed class Group(ImmutableArray<RevocationList> lists, DateTimeOffset now)
    {
        internal bool IsInFiles => lists.Any(list => !list.IsKept);

        internal IEnumerable<RevocationList> Kept => lists.Where(list => list.IsKept);

        /// <summary>Gets the lists whose thisUpdate has passed, stale ones included.</summary>
        internal IEnumerable<RevocationList> Effective => lists.Where(list => list.GetState(now) != RevocationListState.NotYetValid);

        internal RevocationList NewestInFiles =>
            lists.Where(list => !list.IsKept).Aggregate((newest, list) => list.IsNewerThan(newest) ? list : newest);
    }
}
