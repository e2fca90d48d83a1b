using System.Text;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>Writes names in the form in which a server stores and compares them.</summary>
internal static class StoredName
{
    /// <summary>Returns the server's form of a name; null and the reason if other names have the same form.</summary>
    internal static string? Format(DistinguishedName name, StoredRequirementFormat format, out string? obstacle)
    {
        bool isTidb = format == StoredRequirementFormat.Tidb;
        obstacle = isTidb ? FindTidbObstacle(name) : FindMariaDbObstacle(name);
        if (obstacle is not null)
            return null;

        string? text = isTidb ? TidbForm.Format(name.Rdns) : OpenSsl3Form.Format(Encode(name), out _);
        if (text is not null && DistinguishedName.TryParse(text, out DistinguishedName? read, out _) && read.Equals(name))
            return text;
        obstacle = "other names have the same form on the server";
        return null;
    }

    private static byte[] Encode(DistinguishedName name) =>
        CanonicalNameReader.ToDerOrNull(Encoding.UTF8.GetBytes(name.ToString())) ?? [];

    private static string? FindTidbObstacle(DistinguishedName name) => AnyValue(name, value => value.AsSpan().ContainsAny('/', '='))
        ? "TiDB has no escapes for a slash or an equals sign in a name"
        : null;

    // OpenSSL prints bytes outside printable ASCII as \xHH, does not escape a backslash, and truncates a longer OID to the maximum length.
    private static string? FindMariaDbObstacle(DistinguishedName name)
    {
        if (AnyValue(name, value => value.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            return "MariaDB compares only printable ASCII unambiguously";
        bool isTruncated = name.Rdns.Any(rdn => rdn.Attributes.Any(a => a.Type.Length >= NameBounds.MaxOpenSslOidLength));
        return isTruncated ? "other names have the same form on the server" : null;
    }

    private static bool AnyValue(DistinguishedName name, Func<string, bool> predicate) =>
        name.Rdns.Any(rdn => rdn.Attributes.Any(attribute => attribute.Value is { } value && predicate(value)));
}
