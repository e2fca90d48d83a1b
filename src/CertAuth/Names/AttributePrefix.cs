namespace CertAuth.Names;

/// <summary>The prefix of an attribute, between a separator and a value: a type and "=".</summary>
/// <param name="IsAttribute">Whether the separator begins an attribute. If not, it belongs to the value before it.</param>
/// <param name="Kind">The kind of error: an unknown or ambiguous type, or a space around the type. None if there is no error.</param>
/// <param name="Index">The index of the error in the text, or the index after the separator if no type and "=" follow.</param>
/// <param name="Oid">The DER content of the type; empty if the separator does not begin a valid attribute.</param>
/// <param name="ValueIndex">The index at which the value begins; 0 if the separator does not begin a valid attribute.</param>
internal readonly record struct AttributePrefix(bool IsAttribute, NameErrorKind Kind, int Index, byte[] Oid, int ValueIndex)
{
    /// <summary>Reads the prefix after a separator.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="separator">The index of the separator.</param>
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
        bool hasSpaces = typeAt > separator + 1 || equals > typeEnd;
        return (kind, hasSpaces) switch
        {
            // OpenSSL's display form has spaces around known types. Beside an unknown type, the separator and the spaces are ordinary text.
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
