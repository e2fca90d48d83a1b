using CertAuth.Names;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's name with a required one. Each call performs <see cref="Case.Many"/> operations, because one
/// takes only nanoseconds.</summary>
/// <remarks>A name "not seen before" is one of several encodings of the name that differ from the cached encoding.</remarks>
internal sealed class NameMaterial
{
    private readonly DistinguishedName _required;
    private readonly byte[] _cached;
    private readonly byte[][] _seen, _unseen, _others;
    private readonly string _text;

    /// <summary>Creates material with names of a number of RDNs.</summary>
    internal NameMaterial(int rdns)
    {
        (string, string)[] attributes = NameEncodings.Attributes(rdns);
        _cached = NameEncodings.First(attributes).Encode();
        _seen = [.. Enumerable.Range(0, Case.Many).Select(_ => _cached.ToArray())];
        _unseen = [.. NameEncodings.Others(attributes, Case.Many).Select(name => name.Encode())];
        _others = [.. NameEncodings.Others(NameEncodings.Other(attributes), Case.Many).Select(name => name.Encode())];
        _text = NameEncodings.Text(attributes);
        _required = DistinguishedName.Parse(_text);

        // From here on, the matcher caches only this encoding.
        if (!_required.MatchesDer(_cached) || _unseen.Any(der => der.AsSpan().SequenceEqual(_cached)))
            throw new InvalidOperationException("An encoding that should not be cached is cached.");
        Peers = new(_cached, _others[0], _text);
    }

    /// <summary>The implementations without the library.</summary>
    internal NamePeers Peers { get; }

    /// <summary>Returns the size of the formatted string in bytes: its header, its characters and a terminating zero, rounded up to
    /// 8.</summary>
    internal static long TextBytes(int rdns) =>
        (sizeof(long) + sizeof(long) + sizeof(int) + (sizeof(char) * (NameEncodings.Text(NameEncodings.Attributes(rdns)).Length + 1)) + 7)
        / 8 * 8;

    internal bool Meet() => Matches(_unseen);

    internal bool MeetSeen() => Matches(_seen);

    internal bool Reject() => Matches(_others);

    internal bool Format()
    {
        int accepted = 0;
        foreach (byte[] der in _unseen)
        {
            bool isText = DistinguishedName.TryFormatDer(der, NameFormat.Canonical, out string? text, out _) && text.Length == _text.Length;
            accepted += isText ? 1 : 0;
        }

        return Case.AllOrNone(accepted);
    }

    /// <summary>The baseline: a comparison of bytes.</summary>
    internal bool EqualDer()
    {
        int accepted = 0;
        foreach (byte[] der in _seen)
            accepted += der.AsSpan().SequenceEqual(_cached) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    private bool Matches(byte[][] names)
    {
        int accepted = 0;
        foreach (byte[] der in names)
            accepted += _required.MatchesDer(der) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }
}
