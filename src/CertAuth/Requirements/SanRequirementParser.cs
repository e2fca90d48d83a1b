using System.Collections.Immutable;
using System.Text;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>Parses a SAN requirement.</summary>
/// <remarks>
/// <code>
/// requirement = item *( "," item )
/// item        = type ":" value      ; separated at the first colon
/// </code>
/// </remarks>
internal ref struct SanRequirementParser(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    internal ImmutableArray<SanRequirementItem> Parse(out SanError error)
    {
        error = default;
        if (_text.Trim(" \t").IsEmpty)
        {
            error = new(SanErrorKind.Empty, 0);
            return [];
        }

        ImmutableArray<SanRequirementItem>.Builder items = ImmutableArray.CreateBuilder<SanRequirementItem>();
        do
        {
            SanRequirementItem? item = ReadItem(out error);
            if (item is not null && items.Count == RequirementBounds.MaxSanItems)
                error = new(SanErrorKind.TooLong, _position);
            if (item is null || error.Kind != SanErrorKind.None)
                return [];
            items.Add(item);
        }
        while (_position++ < _text.Length);
        return items.ToImmutable();
    }

    // Moves the position to the comma after the item, or to the end of the text.
    private SanRequirementItem? ReadItem(out SanError error)
    {
        SkipWhiteSpace();
        int start = _position;
        if (start == _text.Length || _text[start] == ',')
            return Fail(SanErrorKind.EmptyItem, start, out error);

        int colon = _text[start..].IndexOfAny(':', ',');
        if (colon < 0 || _text[start + colon] == ',')
            return Fail(SanErrorKind.MissingColon, start, out error);

        if (SanType.Find(_text.Slice(start, colon).TrimEnd(" \t")) is not { } type)
            return Fail(SanErrorKind.UnknownType, start, out error);
        if (!type.CanBeRequired)
            return Fail(SanErrorKind.UnsupportedKind, start, out error);

        _position = start + colon + 1;
        SkipWhiteSpace();
        int valueStart = _position;
        error = ReadValue(out string value);
        if (error.Kind != SanErrorKind.None)
            return null;
        if (value.Length == 0)
            return Fail(SanErrorKind.EmptyValue, valueStart, out error);

        // Any printable characters are a URI or a DNS name.
        return type.ParseOrNull(value) is { } bytes
            ? new(type, bytes)
            : Fail(type.Kind == SanKind.Email ? SanErrorKind.BadEmail : SanErrorKind.BadAddress, valueStart, out error);
    }

    private SanError ReadValue(out string value)
    {
        StringBuilder characters = new();
        int trimmedLength = 0;
        value = "";
        for (; _position < _text.Length && _text[_position] != ','; _position++)
        {
            char c = _text[_position];
            bool isWhiteSpace = c is ' ' or '\t';
            if (c == '\\')
            {
                if (_position + 1 == _text.Length || _text[_position + 1] is not (',' or '\\'))
                    return new(SanErrorKind.BadEscape, _position);
                c = _text[++_position];
            }
            else if (c == '\t')
            {
                // White space after the value is ignored. A tab inside the value is a control character.
                int next = IndexAfterWhiteSpace();
                if (next < _text.Length && _text[next] != ',')
                    return new(SanErrorKind.BadCharacter, _position);
                _position = next;
                break;
            }
            else if (c is < ' ' or > '~')
            {
                return new(SanErrorKind.BadCharacter, _position);
            }

            characters.Append(c);
            if (!isWhiteSpace)
                trimmedLength = characters.Length;
        }

        value = characters.ToString(0, trimmedLength);
        return default;
    }

    private readonly int IndexAfterWhiteSpace()
    {
        int length = _text[_position..].IndexOfAnyExcept(" \t");
        return length < 0 ? _text.Length : _position + length;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _text.Length && _text[_position] is (' ' or '\t'))
            _position++;
    }

    private static SanRequirementItem? Fail(SanErrorKind kind, int index, out SanError error)
    {
        error = new(kind, index);
        return null;
    }
}
