using CertAuth.Names;

namespace CertAuth.Benchmarks;

/// <summary>The comparison of a certificate's name with a required one. Each call performs <see cref="Operations"/> operations, because one
/// takes only nanoseconds.</summary>
/// <remarks>A name "not seen before" is one of several encodings of the name that differ from the cached encoding.</remarks>
public sealed class NameMaterial
{
    /// <summary>The number of operations in one call.</summary>
    public const int Operations = 64;

    private readonly DistinguishedName _required;
    private readonly byte[] _cached;
    private readonly byte[][] _seen, _unseen, _others;
    private readonly string _text;

    /// <summary>Creates material with names of a number of RDNs.</summary>
    public NameMaterial(int rdns)
    {
        (string, string)[] attributes = NameEncodings.Attributes(rdns);
        _cached = NameEncodings.First(attributes).Encode();
        _seen = [.. Enumerable.Range(0, Operations).Select(_ => _cached.ToArray())];
        _unseen = [.. NameEncodings.Others(attributes, Operations).Select(name => name.Encode())];
        _others = [.. NameEncodings.Others(NameEncodings.Other(attributes), Operations).Select(name => name.Encode())];
        _text = string.Concat(attributes.Select(a => $"/{a.Item1}={a.Item2}"));
        _required = DistinguishedName.Parse(_text);

        // From here on, the matcher caches only this encoding.
        if (!_required.MatchesDer(_cached) || _unseen.Any(der => der.AsSpan().SequenceEqual(_cached)))
            throw new InvalidOperationException("An encoding that should not be cached is cached.");
        Peers = new(_cached, _others[0], _text);
    }

    /// <summary>The implementations without the library.</summary>
    public NamePeers Peers { get; }

    /// <summary>The size of the formatted string in bytes: its header, its characters and a terminating zero, rounded up to 8.</summary>
    public long TextBytes => (sizeof(long) + sizeof(long) + sizeof(int) + (sizeof(char) * (_text.Length + 1)) + 7) / 8 * 8;

    public bool Meet() => Matches(_unseen);

    public bool MeetSeen() => Matches(_seen);

    public bool Reject()
    {
        bool matches = false;
        foreach (byte[] der in _others)
            matches |= _required.MatchesDer(der);
        return matches;
    }

    public bool Format()
    {
        bool isText = true;
        foreach (byte[] der in _unseen)
            isText &= DistinguishedName.TryFormatDer(der, NameFormat.Canonical, out string? text, out _) && text.Length == _text.Length;
        return isText;
    }

    /// <summary>The baseline: a comparison of bytes.</summary>
    public bool EqualDer()
    {
        bool isEqual = true;
        foreach (byte[] der in _seen)
            isEqual &= der.AsSpan().SequenceEqual(_cached);
        return isEqual;
    }

    private bool Matches(byte[][] names)
    {
        bool matches = true;
        foreach (byte[] der in names)
            matches &= _required.MatchesDer(der);
        return matches;
    }
}
