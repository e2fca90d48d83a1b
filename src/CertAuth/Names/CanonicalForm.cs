using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CertAuth.Names;

/// <summary>Formats names in the canonical slash form: <c>/type=value</c> for each RDN, <c>+type=value</c> for each further attribute of
/// it.</summary>
/// <remarks>Different names have different texts: '\', '/' and '+' in a value are escaped by a backslash, and so is a leading '#' or '"'. A
/// control character becomes \xHH for each byte of its UTF-8 form. A value that is not text becomes '#' and its DER in
/// hexadecimal.</remarks>
internal static class CanonicalForm
{
    private const int StackChars = 256;

    // A stack buffer is cleared at each call, and longer values are rare, so the buffer is small.
    private const int StackValueChars = 64;

    private static readonly SearchValues<char> s_escaped = SearchValues.Create([.. "\\/+\u007F", .. ControlCharacters()]);

    /// <summary>Formats an encoded name. Returns null and the error if the name is malformed.</summary>
    internal static string? Format(ReadOnlySpan<byte> encodedName, out NameError error)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
        {
            error = new(NameErrorKind.NotDer, 0);
            return null;
        }

        DefaultInterpolatedStringHandler output = new(0, 0, CultureInfo.InvariantCulture, stackalloc char[StackChars]);
        NameErrorKind kind;
        while (reader.TryRead(out RawAttribute attribute, out kind))
        {
            output.AppendLiteral(attribute.StartsRdn ? "/" : "+");
            if (!AppendAttribute(ref output, in attribute))
            {
                kind = NameErrorKind.BadString;
                break;
            }
        }

        string text = output.ToStringAndClear();
        error = kind == NameErrorKind.None ? default : new(kind, reader.Position);
        return kind == NameErrorKind.None ? text : null;
    }

    /// <summary>Returns whether the name is well-formed and its canonical form is exactly this text.</summary>
    internal static bool HasCanonicalForm(ReadOnlySpan<byte> encodedName, ReadOnlySpan<byte> utf8)
    {
        // The text need not be checked: if it equals the form, which is valid UTF-8, it is valid UTF-8 as well.
        if (Format(encodedName, out _) is not { } formatted || formatted.Length > utf8.Length)
            return false;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(formatted.Length));
        bool isSame = buffer.AsSpan(0, Encoding.UTF8.GetBytes(formatted, buffer)).SequenceEqual(utf8);
        ArrayPool<byte>.Shared.Return(buffer);
        return isSame;
    }

    /// <summary>Formats one attribute as <c>type=value</c>.</summary>
    /// <param name="oid">The type.</param>
    /// <param name="text">The value; null if it is not text.</param>
    /// <param name="encodedValue">The DER of a value that is not text.</param>
    internal static string FormatAttribute(ReadOnlySpan<byte> oid, string? text, ReadOnlySpan<byte> encodedValue)
    {
        DefaultInterpolatedStringHandler output = new(0, 0, CultureInfo.InvariantCulture, stackalloc char[StackChars]);
        output.AppendLiteral(AttributeTypes.Format(oid));
        output.AppendLiteral("=");
        if (text is not null)
            AppendText(ref output, text);
        else
            AppendHex(ref output, encodedValue);
        return output.ToStringAndClear();
    }

    private static bool AppendAttribute(ref DefaultInterpolatedStringHandler output, in RawAttribute attribute)
    {
        if (!AttributeText.IsDerTag(attribute.Tag))
            return false;

        output.AppendLiteral(AttributeTypes.Format(attribute.Oid));
        output.AppendLiteral("=");
        if (!AttributeText.IsText(attribute.Tag))
        {
            AppendHex(ref output, attribute.EncodedValue);
            return true;
        }

        char[]? rented = null;
        Span<char> buffer = attribute.Value.Length <= StackValueChars
            ? stackalloc char[StackValueChars]
            : rented = ArrayPool<char>.Shared.Rent(attribute.Value.Length);
        bool decoded = AttributeText.TryDecode(attribute.Tag, attribute.Value, buffer, out int written);
        if (decoded)
            AppendText(ref output, buffer[..written]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return decoded;
    }

    private static void AppendText(ref DefaultInterpolatedStringHandler output, scoped ReadOnlySpan<char> text)
    {
        if (text is ['#' or '"', ..])
            output.AppendLiteral("\\");

        while (text.IndexOfAny(s_escaped) is >= 0 and int at)
        {
            output.AppendFormatted(text[..at]);
            AppendEscaped(ref output, text[at]);
            text = text[(at + 1)..];
        }

        output.AppendFormatted(text);
    }

    private static void AppendEscaped(ref DefaultInterpolatedStringHandler output, char c)
    {
        if (c is '\\' or '/' or '+')
        {
            output.AppendLiteral("\\");
            output.AppendFormatted(c);
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        foreach (byte b in utf8[..new Rune(c).EncodeToUtf8(utf8)])
        {
            output.AppendLiteral("\\x");
            output.AppendFormatted(b, "X2");
        }
    }

    private static void AppendHex(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<byte> encodedValue)
    {
        output.AppendLiteral("#");
        foreach (byte b in encodedValue)
            output.AppendFormatted(b, "X2");
    }

    private static IEnumerable<char> ControlCharacters() =>
        Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x80, 0x20)).Select(c => (char)c);
}
