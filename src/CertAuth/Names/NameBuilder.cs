using System.Collections.Immutable;

namespace CertAuth.Names;

/// <summary>Collects the attributes of a name, read from DER or from text, into RDNs.</summary>
internal sealed class NameBuilder
{
    private readonly ImmutableArray<RelativeDistinguishedName>.Builder _rdns = ImmutableArray.CreateBuilder<RelativeDistinguishedName>();
    private readonly ImmutableArray<NameAttribute>.Builder _currentRdn = ImmutableArray.CreateBuilder<NameAttribute>();

    /// <summary>Reads a DER-encoded Name. Returns no RDNs and the error if it is malformed.</summary>
    internal static ImmutableArray<RelativeDistinguishedName> Read(ReadOnlySpan<byte> encodedName, out NameError error)
    {
        error = new(NameErrorKind.NotDer, 0);
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return [];

        NameBuilder builder = new();
        NameErrorKind kind;
        while (reader.TryRead(out RawAttribute raw, out kind))
        {
            NameAttribute? attribute = NameAttribute.FromCertificate(raw);
            kind = attribute is null ? NameErrorKind.BadString
                : builder.TryAdd(attribute, raw.StartsRdn) ? NameErrorKind.None
                : NameErrorKind.TooLarge;
            if (kind != NameErrorKind.None)
                break;
        }

        error = kind == NameErrorKind.None ? default : new(kind, reader.Position);
        return kind == NameErrorKind.None ? builder.Build() : [];
    }

    /// <summary>Adds an attribute to the current RDN, or to a new one. Returns false if the RDN already has the maximum number of
    /// attributes.</summary>
    internal bool TryAdd(NameAttribute attribute, bool startsRdn)
    {
        if (startsRdn)
            CloseRdn();
        if (_currentRdn.Count == NameBounds.MaxRdnAttributes)
            return false;

        _currentRdn.Add(attribute);
        return true;
    }

    internal ImmutableArray<RelativeDistinguishedName> Build()
    {
        CloseRdn();
        return _rdns.ToImmutable();
    }

    private void CloseRdn()
    {
        if (_currentRdn.Count > 0)
            _rdns.Add(new(_currentRdn.ToImmutable()));
        _currentRdn.Clear();
    }
}
