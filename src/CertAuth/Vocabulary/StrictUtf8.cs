using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CertAuth;

/// <summary>UTF-8 without replacement characters: text with an unpaired surrogate has no UTF-8 form.</summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the text in UTF-8.</summary>
    /// <exception cref="ArgumentException">The text has an unpaired surrogate.</exception>
    internal static byte[] GetBytes(string text) => s_encoding.GetBytes(text);

    /// <summary>Returns the index of the first unpaired surrogate, or -1 if there is none.</summary>
    internal static int IndexOfUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (text[start..].IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and int next)
        {
            start += next;
            if (start + 1 == text.Length || !char.IsSurrogatePair(text[start], text[start + 1]))
                return start;
            start += 2;
        }

        return -1;
    }

    /// <summary>Returns whether the bytes are the UTF-8 form of the text. Does not allocate.</summary>
    internal static bool AreEqual(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> text)
    {
        // In UTF-8, text has at least as many bytes as UTF-16 code units.
        if (text.Length > utf8.Length)
            return false;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(utf8.Length);
        bool areEqual = Utf8.FromUtf16(text, buffer.AsSpan(0, utf8.Length), out _, out int length, replaceInvalidSequences: false)
            == OperationStatus.Done && utf8.SequenceEqual(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return areEqual;
    }
}
