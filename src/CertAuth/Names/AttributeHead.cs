namespace CertAuth.Names;

/// <summary>What stands between a separator and a value: a type and "=".</summary>
/// <param name="IsAttribute">Whether a possible type and "=" follow the separator.</param>
/// <param name="Kind">Why it is no good: an unknown or ambiguous type, or blanks around a known one.</param>
/// <param name="Index">Where that is.</param>
/// <param name="Oid">The type, where it is known.</param>
/// <param name="ValueIndex">Where the value begins.</param>
internal readonly record struct AttributeHead(bool IsAttribute, NameErrorKind Kind, int Index, byte[] Oid, int ValueIndex)
{
    internal static AttributeHead At(ReadOnlySpan<char> text, int separator)
    {
        int typeAt = SkipBlanks(text, separator + 1);
        int typeEnd = typeAt;
        while (typeEnd < text.Length && AttributeTypes.IsTypeCharacter(text[typeEnd]))
            typeEnd++;

        int equals = SkipBlanks(text, typeEnd);
        if (typeEnd == typeAt || equals == text.Length || text[equals] != '=')
            return new(false, NameErrorKind.None, separator + 1, [], 0);

        NameErrorKind kind = AttributeTypes.Find(text[typeAt..typeEnd], out byte[] oid);
        bool hasBlanks = typeAt > separator + 1 || equals > typeEnd;
        return (kind, hasBlanks) switch
        {
            // Blanks beside an unknown type: not a trace of OpenSSL's display form, but ordinary text with a separator in it.
            (NameErrorKind.UnknownType, true) => new(false, kind, typeAt, [], 0),
            (NameErrorKind.UnknownType, false) => new(true, NameErrorKind.UnescapedSeparator, typeAt, [], 0),
            (_, true) => new(true, NameErrorKind.BlankAroundType, typeAt > separator + 1 ? separator + 1 : typeEnd, [], 0),
            _ => new(true, kind, typeAt, oid, equals + 1),
        };
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] == ' ')
            index++;
        return index;
    }
}
