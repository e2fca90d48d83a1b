using System.Security.Cryptography;
using System.Text;

namespace CertAuth.Certificates;

/// <summary>The blocks of a PEM file (RFC 7468), strictly: text outside them is commentary, unless it looks like a part of a block.</summary>
internal sealed class PemBlocks
{
    private const string Begin = "-----BEGIN ";

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<PemBlock> _blocks = [];

    /// <summary>Whether a file is meant as PEM, be it broken.</summary>
    internal static bool IsPem(ReadOnlySpan<byte> data) =>
        data.IndexOf("-----BEGIN"u8) >= 0 || data.IndexOf("-----END"u8) >= 0 || data.IndexOf("BEGIN CERTIFICATE"u8) >= 0
        || data.IndexOf("BEGIN X509 CRL"u8) >= 0;

    /// <summary>All blocks; where one is broken, <paramref name="broken"/> is its place and the list ends before it.</summary>
    internal static IReadOnlyList<PemBlock> Read(ReadOnlySpan<byte> data, out PemPlace? broken)
    {
        PemBlocks reader = new();
        try
        {
            broken = reader.ReadAll(s_strictUtf8.GetString(data));
        }
        catch (DecoderFallbackException)
        {
            broken = new(1, 1);
        }

        return reader._blocks;
    }

    private PemPlace? ReadAll(string file)
    {
        ReadOnlySpan<char> text = file.AsSpan().TrimStart('\uFEFF');
        int line = 1;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> first = text[..LengthOfLine(text)];
            int length = first.Length;
            PemPlace place = new(_blocks.Count + 1, line);
            if (first.StartsWith(Begin))
                length = ReadBlock(text, place);
            else if (LooksLikeAPart(first))
                length = 0;
            if (length == 0)
                return place;

            line += text[..length].Count('\n');
            text = text[length..];
        }

        return null;
    }

    // Length of the block, up to the end of its last line; 0 when it is broken.
    private int ReadBlock(ReadOnlySpan<char> text, PemPlace place)
    {
        // A block ends before the next one begins: so each part of the file is read once.
        int next = text[1..].IndexOf(Begin);
        ReadOnlySpan<char> own = next < 0 ? text : text[..(next + 1)];
        if (!PemEncoding.TryFind(own, out PemFields fields) || fields.Location.Start.Value != 0)
            return 0;

        byte[] data = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(own[fields.Base64Data], data, out int written) || written != data.Length)
            return 0;

        _blocks.Add(new(place, own[fields.Label].ToString(), data));
        int end = fields.Location.End.Value;
        ReadOnlySpan<char> rest = text[end..];
        int lineEnd = LengthOfLine(rest);
        return rest[..lineEnd].IsWhiteSpace() ? end + lineEnd : 0;
    }

    // A damaged BEGIN or END line, be it quoted or commented out, or something that isn't text at all.
    private static bool LooksLikeAPart(ReadOnlySpan<char> line) =>
        line.TrimStart().StartsWith("--") || line.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)
        || line.Contains("BEGIN X509 CRL", StringComparison.Ordinal) || line.Contains('\0')
        || line.Contains("--BEGIN", StringComparison.OrdinalIgnoreCase) || line.Contains("--END", StringComparison.OrdinalIgnoreCase);

    // Up to and with the line feed.
    private static int LengthOfLine(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('\n');
        return end < 0 ? text.Length : end + 1;
    }
}

/// <summary>Where a block begins: its number and its line, both from 1.</summary>
internal sealed record PemPlace(int Block, int Line);

/// <summary>One block.</summary>
internal sealed record PemBlock(PemPlace Place, string Label, byte[] Data);
