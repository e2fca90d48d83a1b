using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Trust;

namespace CertAuth.Reloading;

/// <summary>Reads a trust bundle: the CA certificates, then any number of files of revocation lists.</summary>
internal sealed class TrustBundleReader(TrustBundleOptions options) : IMaterialReader<TrustBundle>
{
    private const int MaxShownAnchors = 5;

    public string Kind => "trust-bundle";

    public int MaxOctets => RevocationListFiles.MaxOctets;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<TrustBundle>? material,
        [NotNullWhen(false)] out string? problem)
    {
        TrustBundleOptions all = options with { RevocationLists = [.. options.RevocationLists, .. files.Skip(1)] };
        if (!TrustBundle.TryLoad(files[0].Span, all, out TrustBundle? bundle, out TrustBundleError error))
        {
            (material, problem) = (null, error.ToString());
            return false;
        }

        problem = null;
        material = new(bundle)
        {
            Description = Describe(bundle),
            ValidFrom = bundle.Anchors.Min(a => a.Certificate.NotBefore),
            Expires = EndsOf(bundle).Max(),
            PartsExpire = [.. EndsOf(bundle).Where(end => end > now)],
            RenewBy = options.StaleRevocationList == RevocationListPolicy.Deny ? ListsEnd(bundle) : null,
            Warnings = [.. bundle.GetWarnings().Select(w => w.ToString()), .. StaleLists(bundle, now)],
        };
        return true;
    }

    private static string Describe(TrustBundle bundle)
    {
        string anchors = string.Join("; ", bundle.Anchors.Take(MaxShownAnchors));
        string more = bundle.Anchors.Length > MaxShownAnchors ? "; …" : "";
        return $"certificates ({bundle.Anchors.Length}): {anchors}{more}; revocation lists: {bundle.RevocationLists.Count}";
    }

    // A certificate that has expired may be left over from a rotation; a bundle of nothing else is good for nothing.
    private static IEnumerable<DateTimeOffset> EndsOf(TrustBundle bundle) =>
        bundle.Anchors.Select(a => CertificateMaterial.EndOf(a.Certificate.NotAfter));

    // From then on the clients of a list's issuer are denied. nextUpdate counts to its last second, as notAfter does.
    private static DateTimeOffset? ListsEnd(TrustBundle bundle) =>
        bundle.RevocationLists.Select(l => (DateTimeOffset?)CertificateMaterial.EndOf(l.NextUpdate)).Min();

    private static IEnumerable<string> StaleLists(TrustBundle bundle, DateTimeOffset now) =>
        bundle.RevocationLists.Where(l => CertificateMaterial.EndOf(l.NextUpdate) <= now).Select(l => $"A revocation list is out of date since {l.NextUpdate:u}.");
}
