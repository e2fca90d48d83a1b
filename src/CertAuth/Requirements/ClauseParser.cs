using System.Text;

namespace CertAuth.Requirements;

/// <summary>Reads a REQUIRE clause: [ REQUIRE ] ( NONE | SSL | X509 | option *( [ AND ] option ) ).</summary>
internal ref struct ClauseParser(ReadOnlySpan<char> clause)
{
    private readonly ReadOnlySpan<char> _clause = clause;
    private RequirementOptions _options;
    private int _seen;
    private int _position;

    internal LoginRequirement? Parse(out RequirementError error)
    {
        error = default;
        ReadOnlySpan<char> word = PeekWord();
        if (Is(word, "REQUIRE"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        RequirementKind? kind = Is(word, "NONE") ? RequirementKind.None
            : Is(word, "SSL") ? RequirementKind.Ssl
            : Is(word, "X509") ? RequirementKind.X509
            : null;
        if (kind is { } alone)
        {
            _position += word.Length;
            SkipWhiteSpace();
            if (_position < _clause.Length)
                error = new(RequirementErrorKind.StandsAlone, _position);
            return error.Kind == RequirementErrorKind.None ? new(alone, default) : null;
        }

        error = ReadOptions();
        return error.Kind == RequirementErrorKind.None ? new(_options.Kind, _options) : null;
    }

    private RequirementError ReadOptions()
    {
        RequirementErrorKind expected = RequirementErrorKind.ExpectedRequirement;
        do
        {
            RequirementError error = ReadOption(expected);
            if (error.Kind != RequirementErrorKind.None)
                return error;

            ReadOnlySpan<char> word = PeekWord();
            bool and = Is(word, "AND");
            if (and)
                _position += word.Length;
            expected = and ? RequirementErrorKind.DanglingAnd : RequirementErrorKind.ExpectedOption;
        }
        while (_position < _clause.Length || expected == RequirementErrorKind.DanglingAnd);
        return default;
    }

    private RequirementError ReadOption(RequirementErrorKind expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        int wordAt = _position;
        RequirementPart part = Is(word, "SUBJECT") ? RequirementPart.Subject
            : Is(word, "ISSUER") ? RequirementPart.Issuer
            : Is(word, "SAN") ? RequirementPart.San
            : Is(word, "CIPHER") ? RequirementPart.Cipher
            : Is(word, "TOKEN_ISSUER") ? RequirementPart.TokenIssuer
            : RequirementPart.None;
        if (part == RequirementPart.None)
            return new(expected, wordAt);
        if ((_seen & (1 << (int)part)) != 0)
            return new(RequirementErrorKind.RepeatedOption, wordAt, part);

        _seen |= 1 << (int)part;
        _position += word.Length;
        SkipWhiteSpace();
        if (_position == _clause.Length || _clause[_position] is not ('\'' or '"'))
            return new(RequirementErrorKind.ExpectedString, _position, part);

        int literal = _position;
        RequirementErrorKind kind = SqlString.TryRead(_clause, ref _position, out string value, out int errorIndex);
        if (kind != RequirementErrorKind.None)
            return new(kind, errorIndex, part);

        RequirementError error = _options.TrySet(part, value);
        return error.Kind == RequirementErrorKind.None
            ? default
            : error.At(SqlString.IndexInClause(_clause, literal, error.Index));
    }

    private ReadOnlySpan<char> PeekWord()
    {
        SkipWhiteSpace();
        int end = _position;
        while (end < _clause.Length && (char.IsAsciiLetterOrDigit(_clause[end]) || _clause[end] == '_'))
            end++;
        return _clause[_position..end];
    }

    private void SkipWhiteSpace()
    {
        while (_position < _clause.Length && _clause[_position] is (' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
            _position++;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => Ascii.EqualsIgnoreCase(word, keyword);
}
