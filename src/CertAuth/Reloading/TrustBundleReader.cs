using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Reloading;

/// <summary>Reads a trust bundle: one file of CA certificates, followed by any number of files of revocation lists.</summary>
internal sealed class TrustBundleReader(TrustBundleOptions options) : IChangingMaterialReader<TrustBundle>
{
    public string Kind => "trust-bundle";

    public int MaxBytes => TrustBounds.MaxRevocationListFileBytes;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<TrustBundle>? material,
        [NotNullWhen(false)] out string? problem)
    {
        TrustBundleOptions all = options with { RevocationLists = [.. options.RevocationLists, .. files.Skip(1)] };
        bool isRead = TrustBundle.TryParse(files[0].Span, all, out TrustBundle? bundle, out TrustBundleError error);
        material = isRead ? CreateMaterial(bundle!) : null;
        problem = isRead ? null : error.ToString();
        return isRead;
    }

    public TrustBundle Merge(TrustBundle current, TrustBundle next) => next.WithRevocationListsKeptFrom(current);

    public Material<TrustBundle> Reevaluate(TrustBundle current) => CreateMaterial(current.WithRevocationListsKeptFrom(current));

    public bool IsUsable(TrustBundle current) => new RevocationListReport(current).CanAccept;

    // A stale revocation list does not make the bundle expire: it affects its issuer only, and must not prevent a reload that removes a CA.
    private static Material<TrustBundle> CreateMaterial(TrustBundle bundle)
    {
        ImmutableArray<DateTimeOffset> ends = [.. bundle.Anchors.Select(a => ValidityPeriod.GetEnd(a.Certificate.NotAfter))];
        RevocationListReport lists = new(bundle);
        return new(bundle)
        {
            Description = DescribeContent(bundle),
            ValidFrom = bundle.Anchors.Min(a => a.Certificate.NotBefore),
            ExpiresAt = ends.Max(),
            PartExpirations = ends,
            PartRenewalDeadlines = [.. lists.RenewalDeadlines.Select(ValidityPeriod.GetEnd)],
            NeedsAttention = lists.NeedsAttention,
            Warnings = [.. bundle.GetWarnings().Select(w => w.ToString()), .. lists.Warnings],
        };
    }

    private static string DescribeContent(TrustBundle bundle)
    {
        string anchors = string.Join("; ", bundle.Anchors.Take(ReloadBounds.MaxShownAnchors));
        string more = bundle.Anchors.Length > ReloadBounds.MaxShownAnchors ? "; …" : "";
        int kept = bundle.RevocationLists.Count(list => list.IsKept);
        string lists = $"{bundle.RevocationLists.Count - kept}{(kept > 0 ? $", and {kept} kept" : "")}";
        return $"certificates ({bundle.Anchors.Length}): {anchors}{more}; revocation lists: {lists}";
    }
}
