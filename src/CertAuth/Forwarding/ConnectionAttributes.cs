using System.Collections.Immutable;
using System.Text;

namespace CertAuth.Forwarding;

/// <summary>The connection attributes that a peer sent, including repeated ones.</summary>
/// <remarks>An application should store and show only <see cref="WithoutCertInfo"/>, whether the login was accepted or rejected. Immutable;
/// safe for concurrent use.</remarks>
public sealed class ConnectionAttributes
{
    private readonly ImmutableArray<ConnectionAttribute> _infos;
    private readonly ImmutableArray<ConnectionAttribute> _signatures;

    /// <summary>Initializes the attributes of a connection.</summary>
    /// <param name="received">All attributes in the order in which they were received. Attributes with the same name must not be
    /// merged.</param>
    /// <exception cref="ArgumentNullException"><paramref name="received"/> is null.</exception>
    /// <exception cref="ArgumentException">An attribute is null.</exception>
    public ConnectionAttributes(params IEnumerable<ConnectionAttribute> received)
    {
        ArgumentNullException.ThrowIfNull(received);
        ImmutableArray<ConnectionAttribute> all = [.. received];
        if (all.Contains(null!))
            throw new ArgumentException("An attribute is null.", nameof(received));

        _infos = [.. all.Where(IsInfo)];
        _signatures = [.. all.Where(IsSignature)];
        WithoutCertInfo = [.. all.Where(attribute => !IsInfo(attribute) && !IsSignature(attribute))];
    }

    /// <summary>Gets the empty collection.</summary>
    public static ConnectionAttributes None { get; } = new();

    /// <summary>Gets the attributes without those of a cert-info token, for the application to store and show.</summary>
    /// <remarks>A captured token cannot be used for another login, but it contains the names of the client certificate.</remarks>
    public ImmutableArray<ConnectionAttribute> WithoutCertInfo { get; }

    /// <summary>Gets the attributes whose names do not begin with <c>tiproxy-</c> in any case, for a proxy to forward to the
    /// server.</summary>
    /// <remarks>A server might trust any attribute with this prefix, so a proxy must not forward an attribute with the prefix that its
    /// client sent.</remarks>
    public ImmutableArray<ConnectionAttribute> WithoutProxyAttributes => WithoutCertInfo.RemoveAll(IsReservedForProxy);

    /// <summary>Gets a value that indicates whether at least one attribute of a cert-info token was received.</summary>
    internal bool HasCertInfo => !_infos.IsEmpty || !_signatures.IsEmpty;

    /// <summary>Gets the values of the two attributes of a token. Returns the rejection if either does not occur exactly once; otherwise,
    /// null.</summary>
    internal Rejection? GetCertInfo(out ReadOnlyMemory<byte> info, out ReadOnlyMemory<byte> signature)
    {
        (info, signature) = (default, default);
        if (_infos.IsEmpty || _signatures.IsEmpty)
            return RejectMissing();
        if (_infos.Length > 1 || _signatures.Length > 1)
            return RejectRepeated();

        (info, signature) = (_infos[0].Value, _signatures[0].Value);
        return null;
    }

    private Rejection RejectMissing()
    {
        string? presented = !_infos.IsEmpty ? $"only {CertInfoToken.InfoAttributeName}"
            : !_signatures.IsEmpty ? $"only {CertInfoToken.SignatureAttributeName}"
            : null;
        return new(
            RejectionReason.ForwardedInfoMissing,
            $"the attributes {CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}",
            presented);
    }

    private Rejection RejectRepeated() => new(
        RejectionReason.ForwardedInfoRepeated,
        "each attribute once",
        $"{CertInfoToken.InfoAttributeName} {_infos.Length} times, {CertInfoToken.SignatureAttributeName} {_signatures.Length} times");

    private static bool IsReservedForProxy(ConnectionAttribute attribute) =>
        attribute.Name.Length >= CertInfoToken.ReservedPrefixUtf8.Length
        && Ascii.EqualsIgnoreCase(attribute.Name.Span[..CertInfoToken.ReservedPrefixUtf8.Length], CertInfoToken.ReservedPrefixUtf8);

    private static bool IsInfo(ConnectionAttribute attribute) => attribute.Name.Span.SequenceEqual(CertInfoToken.InfoAttributeNameUtf8);

    private static bool IsSignature(ConnectionAttribute attribute) =>
        attribute.Name.Span.SequenceEqual(CertInfoToken.SignatureAttributeNameUtf8);
}
