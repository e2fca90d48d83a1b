using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace CertAuth.Der;

/// <summary>Reads the blocks of a PEM file (RFC 7468) strictly. Text between the blocks is a comment unless it resembles a part of a
/// block.</summary>
/// <remarks>Allocates only the decoded content and the labels of the blocks. The base64 of a private key is not copied.</remarks>
internal sealed class PemReader
{
    /// <summary>The length in bytes of the shortest line that can be a part of a block: <c>--END</c>.</summary>
    private const int MinPartLength = 5;

    private readonly List<PemBlock> _blocks = [];

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns whether a file is PEM, possibly malformed.</summary>
    internal static bool IsPem(ReadOnlySpan<byte> data) =>
        data.IndexOf("-----BEGIN"u8) >= 0 || data.IndexOf("-----END"u8) >= 0 || data.IndexOf("BEGIN CERTIFICATE"u8) >= 0
        || data.IndexOf("BEGIN X509 CRL"u8) >= 0;

    /// <summary>Reads all blocks up to the first one that cannot be read, which <paramref name="fault"/> describes.</summary>
    internal static IReadOnlyList<PemBlock> Read(ReadOnlySpan<byte> data, out PemFault? fault)
    {
        PemReader reader = new();
        fault = Utf8.IsValid(data) ? reader.ReadAll(data.StartsWith(ByteOrderMark) ? data[ByteOrderMark.Length..] : data)
            : new(PemFaultKind.Malformed, new(1, 1));
        return reader._blocks;
    }

    private PemFault? ReadAll(ReadOnlySpan<byte> text)
    {
        int line = 1;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> first = text[..GetLineLength(text)];
            int length = first.Length;
            PemFaultKind fault = PemFaultKind.None;
            if (first.StartsWith(Begin))
                fault = ReadBlock(text, new(_blocks.Count + 1, line), out length);
            else if (IsPartOfBlock(first))
                fault = PemFaultKind.Malformed;
            if (fault != PemFaultKind.None)
                return new(fault, new(_blocks.Count + 1, line));

            line += text[..length].Count((byte)'\n');
            text = text[length..];
        }

        return null;
    }

    // The length includes the line break after the END line.
    private PemFaultKind ReadBlock(ReadOnlySpan<byte> text, PemLocation location, out int length)
    {
        // A block ends before the next one begins. The search for its END line stops there, so each part of the file is read once.
        int next = text[1..].IndexOf(Begin);
        ReadOnlySpan<byte> block = next < 0 ? text : text[..(next + 1)];
        length = 0;
        if (!PemEncoding.TryFindUtf8(block, out PemFields fields) || fields.Location.Start.Value != 0)
            return IsEncryptedKey(block) ? PemFaultKind.EncryptedKey : PemFaultKind.Malformed;

        // Only white space may follow on the END line, not even another BEGIN.
        ReadOnlySpan<byte> rest = text[fields.Location.End.Value..];
        ReadOnlySpan<byte> trailing = rest[..GetLineLength(rest)];
        if (trailing.ContainsAnyExcept(" \t\r\n"u8))
            return PemFaultKind.Malformed;

        byte[] data = new byte[fields.DecodedDataLength];
        OperationStatus status = Base64.DecodeFromUtf8(block[fields.Base64Data], data, out _, out int written);
        if (status != OperationStatus.Done || written != data.Length)
            return PemFaultKind.Malformed;

        _blocks.Add(new(location, Encoding.UTF8.GetString(block[fields.Label]), data));
        length = fields.Location.End.Value + trailing.Length;
        return PemFaultKind.None;
    }

    // RFC 1421, 4.6.1.1: an encrypted key in the traditional form has header lines, which RFC 7468 does not define.
    private static bool IsEncryptedKey(ReadOnlySpan<byte> block)
    {
        int label = GetLineLength(block);
        ReadOnlySpan<byte> header = block[label..];
        header = header[..GetLineLength(header)];
        return block[..label].IndexOf("PRIVATE KEY-----"u8) >= 0 && header.StartsWith("Proc-Type:"u8) && header.IndexOf("ENCRYPTED"u8) >= 0;
    }

    // Returns true for a damaged BEGIN or END line, possibly quoted or commented out, and for data that is not text. Returns false for a
    // separator of dashes and for a comment that begins with dashes. A block is missed only if both its boundaries are unrecognizable.
    private static bool IsPartOfBlock(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)0))
            return true;
        if (line.Length < MinPartLength)
            return false;
        if (line.IndexOf("BEGIN CERTIFICATE"u8) >= 0 || line.IndexOf("BEGIN X509 CRL"u8) >= 0)
            return true;

        // Word processors replace hyphens with long dashes.
        bool hasDashes = line.IndexOf("--"u8) >= 0 || line.IndexOf("–"u8) >= 0 || line.IndexOf("—"u8) >= 0;
        return hasDashes && (line.IndexOf("--BEGIN"u8) >= 0 || line.IndexOf("--END"u8) >= 0
            || ((ContainsWord(line, "BEGIN"u8) || ContainsWord(line, "END"u8)) && ContainsLabelKeyword(line)));
    }

    private static bool ContainsLabelKeyword(ReadOnlySpan<byte> line) =>
        ContainsIgnoreCase(line, "CERTIFICATE"u8) || ContainsIgnoreCase(line, "CRL"u8) || ContainsIgnoreCase(line, "PKCS7"u8)
        || ContainsIgnoreCase(line, "CMS"u8) || ContainsIgnoreCase(line, "KEY"u8);

    // Ignores case. Only whole words count: the letters of END also occur in "vendor".
    private static bool ContainsWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (int start = 0; start + word.Length <= line.Length; start++)
        {
            int end = start + word.Length;
            if (Ascii.EqualsIgnoreCase(line[start..end], word)
                && (start == 0 || !char.IsAsciiLetter((char)line[start - 1]))
                && (end == line.Length || !char.IsAsciiLetter((char)line[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContainsIgnoreCase(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (; line.Length >= word.Length; line = line[1..])
        {
            if (Ascii.EqualsIgnoreCase(line[..word.Length], word))
                return true;
        }

        return false;
    }

    // The length includes the line feed.
    private static int GetLineLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }
}
