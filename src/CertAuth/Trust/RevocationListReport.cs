using System.Collections.Immutable;
using System.Numerics;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>What an operator should know of a bundle's revocation lists at one time, issuer by issuer.</summary>
/// <remarks>A value of the moment; immutable.</remarks>
internal sealed class RevocationListReport
{
    // RFC 5280, 5.2.3: a CRL number has at most 20 bytes.
    private const int MaxNumberBytes = 20;

    private readonly TrustBundleOptions _options;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<byte[], Group> _groups;

    internal RevocationListReport(TrustBundle bundle, TrustBundleOptions options, DateTimeOffset now)
    {
        _options = options;
        _now = now;
        RevocationListSigners signers = new(bundle.Anchors.Select(a => a.Issuer), bundle.RevocationLists);
        _groups = bundle.RevocationLists.GroupBy(list => KeyOf(list.FoldedIssuer, signers.Find(list)), ByteArrayComparer.Instance)
            .ToDictionary(lists => lists.Key, lists => new Group([.. lists], now), ByteArrayComparer.Instance);
        string[] unlisted = bundle.RevocationLists.Count == 0 ? []
            : [.. bundle.IssuingAnchors.Where(IsValid).Select(WarnOfMissing).OfType<string>()];
        Warnings = [.. _groups.Values.SelectMany(Warn), .. unlisted];
        NeedsAttention = unlisted.Length > 0 || _groups.Values.Any(g => g.IsInFiles && (g.Kept.Any() || !g.InForce.Any()));
        CanAccept = bundle.RevocationLists.Count == 0 || options.AllowCaAsLeaf
            || bundle.Anchors.Except(bundle.RevokedAnchors).Except(bundle.IssuingAnchors).Any(IsValid)
            || bundle.IssuingAnchors.Any(a => IsValid(a) && CanIssue(a));
    }

    /// <summary>What is odd about the lists, one sentence each.</summary>
    internal ImmutableArray<string> Warnings { get; }

    /// <summary>Whether the files are not what is in use, or an issuer has no list that is valid yet.</summary>
    internal bool NeedsAttention { get; }

    /// <summary>The instants at which an issuer's last list becomes stale, one for each issuer. Empty where stale lists are
    /// accepted.</summary>
    internal IEnumerable<DateTimeOffset> RenewBy => _options.StaleRevocationList == RevocationListPolicy.Accept ? []
        : _groups.Values.Where(g => g.IsInFiles && g.InForce.Any()).Select(g => g.InForce.Max(list => list.NextUpdate));

    /// <summary>Whether the certificate of any client can be accepted, as far as revocation lists and the dates of the bundle's
    /// certificates go.</summary>
    internal bool CanAccept { get; }

    // By name and key; by name where the key is unknown.
    private static byte[] KeyOf(byte[]? name, PathCertificate? signer) => signer is null
        ? [0, .. name ?? []]
        : [1, .. signer.Certificate.Fields.PublicKey.Slice(signer.Certificate.Der.Span), .. name ?? []];

    private bool IsValid(TrustAnchor anchor) => anchor.Certificate.NotBefore <= _now && _now <= anchor.Certificate.NotAfter;

    private Group? FindGroup(TrustAnchor anchor) => _groups.GetValueOrDefault(KeyOf(anchor.Issuer.FoldedSubject, anchor.Issuer));

    private bool CanIssue(TrustAnchor anchor)
    {
        Group? group = FindGroup(anchor);
        RevocationList[] clearing = group is not { IsInFiles: true } ? []
            : [.. group.InForce.Where(list => RevocationChecker.CanProveNotRevoked(list, anchor.Issuer, _options))];
        return clearing.Length == 0 ? _options.MissingRevocationList == RevocationListPolicy.Accept
            : _options.StaleRevocationList == RevocationListPolicy.Accept
                || clearing.Any(list => list.StateAt(_now) == RevocationListState.Current);
    }

    private string? WarnOfMissing(TrustAnchor anchor)
    {
        Group? group = FindGroup(anchor);
        bool isMissed = _options.MissingRevocationList == RevocationListPolicy.Reject;
        if (group is { IsInFiles: true } || (group is null && !isMissed))
            return null;

        string rejected = isMissed ? " No path through it is accepted." : "";
        string kept = group is null ? "" : $" What number {Number(group.Kept.First())} revokes stays revoked.";
        return $"There is no revocation list of {anchor}.{rejected}{kept}";
    }

    private IEnumerable<string> Warn(Group group)
    {
        if (!group.IsInFiles)
            yield break;

        RevocationList newest = group.NewestInFiles;
        string name = $"The revocation list of {ParsedCertificate.DescribeName(newest.IssuerDer)} with number {Number(newest)}";
        RevocationListState state = newest.StateAt(_now);
        foreach (RevocationList kept in group.Kept)
        {
            string stays = $"number {Number(kept)}, issued {kept.ThisUpdate:u}, stays in use";
            yield return state == RevocationListState.NotYetValid ? $"{name} is not valid before {newest.ThisUpdate:u}; until then {stays}."
                : newest.IsNewerThan(kept) ? $"{name} expired at {newest.NextUpdate:u}; {stays} beside it."
                : $"{name}, issued {newest.ThisUpdate:u}, is not newer than the list in use; {stays} beside it.";
        }

        if (!group.InForce.Any())
            yield return $"{name} is not valid before {newest.ThisUpdate:u}, and no other list of this CA is in use.";
        else if (!group.InForce.Any(list => list.StateAt(_now) == RevocationListState.Current))
            yield return $"{name} expired at {newest.NextUpdate:u}; publish a new one.";
    }

    private static string Number(RevocationList list) => list.Number.Length > MaxNumberBytes
        ? $"of {list.Number.Length} bytes"
        : new BigInteger(list.Number, isUnsigned: true, isBigEndian: true).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The lists of one issuer.</summary>
    private sealed class Group(ImmutableArray<RevocationList> lists, DateTimeOffset now)
    {
        internal bool IsInFiles => lists.Any(list => !list.IsKept);

        internal IEnumerable<RevocationList> Kept => lists.Where(list => list.IsKept);

        internal IEnumerable<RevocationList> InForce => lists.Where(list => list.StateAt(now) != RevocationListState.NotYetValid);

        internal RevocationList NewestInFiles =>
            lists.Where(list => !list.IsKept).Aggregate((newest, list) => list.IsNewerThan(newest) ? list : newest);
    }
}
