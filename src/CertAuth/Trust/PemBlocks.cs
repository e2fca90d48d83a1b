using System.Security.Cryptography;
using System.Text;

namespace CertAuth.Trust;

/// <summary>The blocks of a PEM file (RFC 7468), strictly: text outside them is commentary, unless it looks like a part of a block.</summary>
internal sealed class PemBlocks
{
    private readonly List<PemBlock> _blocks = [];

    internal static bool IsPem(ReadOnlySpan<byte> data) => data.IndexOf("-----BEGIN"u8) >= 0 || data.IndexOf("BEGIN CERTIFICATE"u8) >= 0
        || data.IndexOf("-----END"u8) >= 0;

    /// <summary>All blocks; where one is broken, <paramref name="broken"/> is its place and the list ends before it.</summary>
    internal static IReadOnlyList<PemBlock> Read(ReadOnlySpan<byte> data, out PemPlace? broken)
    {
        PemBlocks reader = new();
        broken = reader.ReadAll(Encoding.UTF8.GetString(data));
        return reader._blocks;
    }

    private PemPlace? ReadAll(ReadOnlySpan<char> text)
    {
        int position = 0;
        int line = 1;
        while (NextMark(text[position..]) is >= 0 and int offset)
        {
            line += text.Slice(position, offset).Count('\n');
            position += offset;
            PemPlace place = new(_blocks.Count + 1, line);
            ReadOnlySpan<char> rest = text[position..];
            if (!PemEncoding.TryFind(rest, out PemFields fields) || fields.Location.Start.Value != 0)
                return place;

            byte[] data = new byte[fields.DecodedDataLength];
            Convert.TryFromBase64Chars(rest[fields.Base64Data], data, out _);
            _blocks.Add(new(place, rest[fields.Label].ToString(), data));
            int length = fields.Location.End.Value;
            line += rest[..length].Count('\n');
            position += length;
        }

        return null;
    }

    // The next thing that a block begins with, or that shows that one was damaged.
    private static int NextMark(ReadOnlySpan<char> text)
    {
        int mark = -1;
        foreach (string sign in (ReadOnlySpan<string>)["-----BEGIN", "-----END", "BEGIN CERTIFICATE", "BEGIN X509 CRL"])
        {
            int at = text.IndexOf(sign, StringComparison.Ordinal);
            if (at >= 0 && (mark < 0 || at < mark))
                mark = at;
        }

        return mark;
    }
}

/// <summary>Where a block begins: its number and its line, both from 1.</summary>
internal sealed record PemPlace(int Block, int Line);

/// <summary>One block.</summary>
internal sealed record PemBlock(PemPlace Place, string Label, byte[] Data);
