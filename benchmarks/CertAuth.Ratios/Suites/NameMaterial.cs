using CertAuth.Names;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's name with a required one. Each call performs <see cref="Case.Many"/> operations, because one
/// takes only nanoseconds.</summary>
/// <remarks>A name "not seen before" is one of several encodings of the name that differ from the cached encoding.</remarks>
internal sealed class NameMaterial
{
    internal readonly byte[] Cached;
    internal readonly byte[][] Seen, Unseen, Others;
    internal readonly NamePeers Peers;

    private readonly DistinguishedName _required;
    private readonly string _text;

    internal NameMaterial(int rdns)
    {
        (string, string)[] attributes = NameEncodings.Attributes(rdns);
        Cached = NameEncodings.First(attributes).Encode();
        Seen = [.. Enumerable.Range(0, Case.Many).Select(_ => Cached.ToArray())];
        Unseen = [.. NameEncodings.Others(attributes, Case.Many).Select(name => name.Encode())];
        Others = [.. NameEncodings.Others(NameEncodings.Other(attributes), Case.Many).Select(name => name.Encode())];
        _text = NameEncodings.Text(attributes);
        _required = DistinguishedName.Parse(_text);

        // From here on, the matcher caches only this encoding.
        if (!_required.MatchesDer(Cached) || Unseen.Any(der => der.AsSpan().SequenceEqual(Cached)))
            throw new InvalidOperationException("An encoding that should not be cached is cached.");
        Peers = new(Cached, _text);
    }

    /// <summary>Returns the size of the formatted string in bytes: its header, its characters and a terminating zero, rounded up to
    /// 8.</summary>
    internal static long TextBytes(int rdns) =>
        (sizeof(long) + sizeof(long) + sizeof(int) + (sizeof(char) * (NameEncodings.Text(NameEncodings.Attributes(rdns)).Length + 1)) + 7)
        / 8 * 8;

    internal bool Format()
    {
        int accepted = 0;
        foreach (byte[] der in Unseen)
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
        foreach (byte[] der in Seen)
            accepted += der.AsSpan().SequenceEqual(Cached) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    internal bool Matches(byte[][] names)
    {
        int accepted = 0;
        foreach (byte[] der in names)
            accepted += _required.MatchesDer(der) ? 1 : 0;
        return Case.AllOrNone(accepted);
    }
}
