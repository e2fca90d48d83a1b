namespace CertAuth.Names;

/// <summary>The prefix of an attribute, between a separator and a value: a type and "=".</summary>
/// <param name="IsAttribute">Whether a type and "=" may follow the separator.</param>
/// <param name="Kind">What is wrong with the prefix: an unknown or ambiguous type, or spaces around a known one.</param>
/// <param name="Index">The index of the error.</param>
/// <param name="Oid">The type, if it is known.</param>
/// <param name="ValueIndex">The index at which the value begins.</param>
internal readonly record struct AttributePrefix(bool IsAttribute, NameErrorKind Kind, int Index, byte[] Oid, int ValueIndex)
{
    internal static AttributePrefix Read(ReadOnlySpan<char> text, int separator)
    {
        int typeAt = SkipSpaces(text, separator + 1);
        int typeEnd = typeAt;
        while (typeEnd < text.Length && AttributeTypes.IsTypeCharacter(text[typeEnd]))
            typeEnd++;

        int equals = SkipSpaces(text, typeEnd);
        if (typeEnd == typeAt || equals == text.Length || text[equals] != '=')
            return new(false, NameErrorKind.None, separator + 1, [], 0);

        NameErrorKind kind = AttributeTypes.Find(text[typeAt..typeEnd], out byte[] oid);
        bool hasBlanks = typeAt > separator + 1 || equals > typeEnd;
        return (kind, hasBlanks) switch
        {
            // Spaces beside an unknown type are ordinary text that contains a separator, and not OpenSSL's display form.
            (NameErrorKind.UnknownType, true) => new(false, kind, typeAt, [], 0),
            (NameErrorKind.UnknownType, false) => new(true, NameErrorKind.UnescapedSeparator, typeAt, [], 0),
            (_, true) => new(true, NameErrorKind.SpaceAroundType, typeAt > separator + 1 ? separator + 1 : typeEnd, [], 0),
            _ => new(true, kind, typeAt, oid, equals + 1),
        };
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] == ' ')
            index++;
        return index;
    }
}
