using System.Globalization;
using System.Runtime.CompilerServices;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>Formats names as OpenSSL 3's <c>X509_NAME_oneline</c> does: the content bytes unchanged, even of malformed strings.</summary>
internal static class OpenSsl3Form
{
    /// <summary>The maximum length of a dotted OID: OpenSSL writes an unknown type into a buffer of 80 bytes that ends with a
    /// NUL.</summary>
    internal const int MaxDottedLength = 79;

    /// <summary>Formats an encoded name. Returns null and the error if its structure is not DER.</summary>
    internal static string? Format(ReadOnlySpan<byte> encodedName, out NameError error)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
        {
            error = new(NameErrorKind.NotDer, 0);
            return null;
        }

        DefaultInterpolatedStringHandler output = new(0, 0, CultureInfo.InvariantCulture, stackalloc char[512]);
        NameErrorKind kind;
        while (reader.TryRead(out RawAttribute attribute, out kind))
        {
            // A string in constructed form is BER. OpenSSL joins its parts; this class does not.
            if ((attribute.Tag & DerTag.Constructed) != 0 && AttributeText.IsText((byte)(attribute.Tag & ~DerTag.Constructed)))
            {
                kind = NameErrorKind.NotDer;
                break;
            }

            output.AppendLiteral(attribute.StartsRdn ? "/" : "+");
            output.AppendLiteral(FormatType(attribute.Oid));
            output.AppendLiteral("=");
            AppendValue(ref output, attribute);
        }

        string text = output.ToStringAndClear();
        error = kind == NameErrorKind.None ? default : new(kind, reader.Position);
        return kind == NameErrorKind.None ? text : null;
    }

    private static string FormatType(ReadOnlySpan<byte> oid)
    {
        if (AttributeTypes.TryGetOpenSslName(oid, out string? name))
            return name!;

        string dotted = DerOid.Format(oid);
        return dotted.Length <= MaxDottedLength ? dotted : dotted[..MaxDottedLength];
    }

    private static void AppendValue(ref DefaultInterpolatedStringHandler output, RawAttribute attribute)
    {
        // OpenSSL stores a BIT STRING without its number of unused bits. It stores a SEQUENCE, a SET and an unknown type with tag and
        // length.
        switch (attribute.Tag)
        {
            case DerTag.BitString when attribute.Value is [var unused and < 8, .. { Length: > 0 } bits]:
                AppendBytes(ref output, bits[..^1]);
                AppendBytes(ref output, [(byte)(bits[^1] & (0xFF << unused))]);
                break;
            case DerTag.BitString:
                break;
            case byte tag when (tag & DerTag.Constructed) != 0:
                AppendBytes(ref output, attribute.EncodedValue);
                break;
            default:
                AppendBytes(ref output, attribute.Value);
                break;
        }
    }

    private static void AppendBytes(ref DefaultInterpolatedStringHandler output, scoped ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            switch (b)
            {
                case (byte)'/' or (byte)'+':
                    output.AppendLiteral("\\");
                    output.AppendFormatted((char)b);
                    break;
                case < 0x20 or > 0x7E:
                    output.AppendLiteral("\\x");
                    output.AppendFormatted(b, "X2");
                    break;
                default:
                    output.AppendFormatted((char)b);
                    break;
            }
        }
    }
}
