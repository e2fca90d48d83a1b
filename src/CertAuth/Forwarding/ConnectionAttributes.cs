using System.Collections.Immutable;
using System.Text;

namespace CertAuth.Forwarding;

/// <summary>The connection attributes that a peer sent, those that stand twice included.</summary>
/// <remarks>Hosts store and show <see cref="WithoutCertInfo"/>, whatever became of the login. Immutable; safe for concurrent use.</remarks>
public sealed class ConnectionAttributes
{
    private readonly ImmutableArray<ConnectionAttribute> _infos;
    private readonly ImmutableArray<ConnectionAttribute> _signatures;

    /// <summary>The attributes as they were received.</summary>
    /// <param name="received">All of them, in order; those of one name each by itself.</param>
    /// <exception cref="ArgumentException">One of them is null.</exception>
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

    /// <summary>No attributes.</summary>
    public static ConnectionAttributes None { get; } = new();

    /// <summary>The attributes without those of a forwarded certificate: what a host stores and shows. A captured token is worthless, and yet is
    /// nobody's business.</summary>
    public ImmutableArray<ConnectionAttribute> WithoutCertInfo { get; }

    /// <summary>The attributes without any that begins with <c>tiproxy-</c>, in any case of letters: what a proxy passes on of a client's, before it adds its
    /// own. It would send none of the others itself, but some server might believe them.</summary>
    public ImmutableArray<ConnectionAttribute> WithoutProxyAttributes => WithoutCertInfo.RemoveAll(IsReservedForProxy);

    /// <summary>Whether there is any attribute of a forwarded certificate.</summary>
    internal bool HasCertInfo => !_infos.IsEmpty || !_signatures.IsEmpty;

    /// <summary>Gives both attributes, each of which must stand once; or why not.</summary>
    internal Rejection? GetCertInfo(out ReadOnlyMemory<byte> info, out ReadOnlyMemory<byte> signature)
    {
        (info, signature) = (default, default);
        if (_infos.IsEmpty || _signatures.IsEmpty)
            return new(RejectionReason.ForwardedInfoMissing, $"{CertInfoToken.InfoAttributeName} and {CertInfoToken.SignatureAttributeName}", Describe());
        if (_infos.Length > 1 || _signatures.Length > 1)
            return new(RejectionReason.ForwardedInfoRepeated, "each attribute once", $"{_infos.Length} and {_signatures.Length}");

        (info, signature) = (_infos[0].Value, _signatures[0].Value);
        return null;
    }

    private string? Describe() =>
        _infos.IsEmpty && _signatures.IsEmpty ? null : $"{(_infos.IsEmpty ? CertInfoToken.SignatureAttributeName : CertInfoToken.InfoAttributeName)} alone";

    private static bool IsReservedForProxy(ConnectionAttribute attribute) => attribute.Name.Length >= CertInfoToken.ReservedPrefixUtf8.Length
        && Ascii.EqualsIgnoreCase(attribute.Name.Span[..CertInfoToken.ReservedPrefixUtf8.Length], CertInfoToken.ReservedPrefixUtf8);

    private static bool IsInfo(ConnectionAttribute attribute) => attribute.Name.Span.SequenceEqual(CertInfoToken.InfoAttributeNameUtf8);

    private static bool IsSignature(ConnectionAttribute attribute) => attribute.Name.Span.SequenceEqual(CertInfoToken.SignatureAttributeNameUtf8);
}
