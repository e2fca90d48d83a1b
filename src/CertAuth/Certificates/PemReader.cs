using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace CertAuth.Certificates;

/// <summary>Reads the blocks of a PEM file (RFC 7468), strictly: text outside them is commentary, unless it looks like a part of
/// one.</summary>
/// <remarks>Allocates only what the blocks hold; the text of a private key is not copied.</remarks>
internal sealed class PemReader
{
    /// <summary>Length in bytes of the shortest line that can be a part of a block: <c>--END</c>.</summary>
    private const int MinPartLength = 5;

    private readonly List<PemBlock> _blocks = [];

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns whether a file is meant as PEM, be it broken.</summary>
    internal static bool IsPem(ReadOnlySpan<byte> data) =>
        data.IndexOf("-----BEGIN"u8) >= 0 || data.IndexOf("-----END"u8) >= 0 || data.IndexOf("BEGIN CERTIFICATE"u8) >= 0
        || data.IndexOf("BEGIN X509 CRL"u8) >= 0;

    /// <summary>Reads all blocks. If one cannot be read, <paramref name="fault"/> says which and why; the list ends before it.</summary>
    internal static IReadOnlyList<PemBlock> Read(ReadOnlySpan<byte> data, out PemFault? fault)
    {
        PemReader reader = new();
        fault = Utf8.IsValid(data) ? reader.ReadAll(data.StartsWith(ByteOrderMark) ? data[ByteOrderMark.Length..] : data)
            : new(PemFaultKind.Broken, new(1, 1));
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
                fault = PemFaultKind.Broken;
            if (fault != PemFaultKind.None)
                return new(fault, new(_blocks.Count + 1, line));

            line += text[..length].Count((byte)'\n');
            text = text[length..];
        }

        return null;
    }

    // The length is that of the block, up to the end of its last line.
    private PemFaultKind ReadBlock(ReadOnlySpan<byte> text, PemLocation place, out int length)
    {
        // A block ends before the next one begins: so each part of the file is read once.
        int next = text[1..].IndexOf(Begin);
        ReadOnlySpan<byte> own = next < 0 ? text : text[..(next + 1)];
        length = 0;
        if (!PemEncoding.TryFindUtf8(own, out PemFields fields) || fields.Location.Start.Value != 0)
            return IsEncryptedKey(own) ? PemFaultKind.EncryptedKey : PemFaultKind.Broken;

        // Nothing else stands on the END line, not even another BEGIN.
        ReadOnlySpan<byte> rest = text[fields.Location.End.Value..];
        ReadOnlySpan<byte> behind = rest[..GetLineLength(rest)];
        if (behind.ContainsAnyExcept(" \t\r\n"u8))
            return PemFaultKind.Broken;

        byte[] data = new byte[fields.DecodedDataLength];
        OperationStatus status = Base64.DecodeFromUtf8(own[fields.Base64Data], data, out _, out int written);
        if (status != OperationStatus.Done || written != data.Length)
            return PemFaultKind.Broken;

        _blocks.Add(new(place, Encoding.UTF8.GetString(own[fields.Label]), data));
        length = fields.Location.End.Value + behind.Length;
        return PemFaultKind.None;
    }

    // RFC 1421, 4.6.1.1: an encrypted key of the traditional form has header lines, which RFC 7468 does not know.
    private static bool IsEncryptedKey(ReadOnlySpan<byte> block)
    {
        int label = GetLineLength(block);
        ReadOnlySpan<byte> header = block[label..];
        header = header[..GetLineLength(header)];
        return block[..label].IndexOf("PRIVATE KEY-----"u8) >= 0 && header.StartsWith("Proc-Type:"u8) && header.IndexOf("ENCRYPTED"u8) >= 0;
    }

    // A damaged BEGIN or END line, be it quoted or commented out, or something that is not text at all. A separator of dashes, or a comment
    // that begins with some, is none: a block whose two boundaries are both damaged beyond this is the only one that is missed.
    private static bool IsPartOfBlock(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)0))
            return true;
        if (line.Length < MinPartLength)
            return false;
        if (line.IndexOf("BEGIN CERTIFICATE"u8) >= 0 || line.IndexOf("BEGIN X509 CRL"u8) >= 0)
            return true;

        // Word processors make long dashes of hyphens.
        bool hasDashes = line.IndexOf("--"u8) >= 0 || line.IndexOf("–"u8) >= 0 || line.IndexOf("—"u8) >= 0;
        return hasDashes && (line.IndexOf("--BEGIN"u8) >= 0 || line.IndexOf("--END"u8) >= 0
            || ((HasWord(line, "BEGIN"u8) || HasWord(line, "END"u8)) && NamesContent(line)));
    }

    private static bool NamesContent(ReadOnlySpan<byte> line) => Names(line, "CERTIFICATE"u8) || Names(line, "CRL"u8)
        || Names(line, "PKCS7"u8) || Names(line, "CMS"u8) || Names(line, "KEY"u8);

    // In any case. As a word of its own: a comment on the keys of a vendor has the letters of END, too.
    private static bool HasWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
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

    // In any case.
    private static bool Names(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (; line.Length >= word.Length; line = line[1..])
        {
            if (Ascii.EqualsIgnoreCase(line[..word.Length], word))
                return true;
        }

        return false;
    }

    // Up to and with the line feed.
    private static int GetLineLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }
}

/// <summary>Where a block begins: its number and its line, both from 1; 0 where there are no blocks.</summary>
internal readonly record struct PemLocation(int Block, int Line);

/// <summary>One block.</summary>
internal sealed record PemBlock(PemLocation Location, string Label, byte[] Data);

/// <summary>Why a block cannot be read.</summary>
internal enum PemFaultKind
{
    None = 0,

    /// <summary>The BEGIN or END line, or the base64 between them, is broken.</summary>
    Broken = 1,

    /// <summary>A private key in the traditional encrypted form.</summary>
    EncryptedKey = 2,
}

/// <summary>A block that cannot be read.</summary>
internal sealed record PemFault(PemFaultKind Kind, PemLocation Place);
