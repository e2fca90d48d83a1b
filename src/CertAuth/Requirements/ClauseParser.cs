using System.Text;

namespace CertAuth.Requirements;

/// <summary>Reads a REQUIRE clause: [ REQUIRE ] ( plain [ [ AND ] TOKEN_ISSUER string ] | option *( [ AND ] option ) );
/// plain = NONE | SSL | X509.</summary>
/// <param name="clause">The text.</param>
/// <param name="isPrefix">Whether something else may follow the clause.</param>
internal ref struct ClauseParser(ReadOnlySpan<char> clause, bool isPrefix = false)
{
    private readonly ReadOnlySpan<char> _clause = clause;
    private RequirementOptions _options;
    private int _seen;
    private int _position;
    private int _end;
    private bool _reachedEnd;
    private bool _isPlain;

    /// <summary>Where the clause ends, once it was read.</summary>
    internal readonly int End => _end;

    /// <summary>Whether the end of the text had a say, so that a longer text might say something else.</summary>
    internal readonly bool ReachedEnd => _reachedEnd;

    internal LoginRequirement? Parse(out RequirementError error)
    {
        error = default;
        ReadOnlySpan<char> word = PeekWord();
        if (IsKeyword(word, "REQUIRE"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        RequirementKind? kind = IsKeyword(word, "NONE") ? RequirementKind.None
            : IsKeyword(word, "SSL") ? RequirementKind.Ssl
            : IsKeyword(word, "X509") ? RequirementKind.X509
            : null;
        _isPlain = kind is not null;
        error = _isPlain ? ReadTokenIssuer(word.Length) : ReadOptions();
        return error.Kind == RequirementErrorKind.None ? new(kind ?? _options.Kind, _options) : null;
    }

    // A token issuer is stored beside NONE, SSL and X509, and so a clause has to be able to say it.
    private RequirementError ReadTokenIssuer(int keyword)
    {
        _position += keyword;
        _end = _position;
        ReadOnlySpan<char> word = PeekWord();
        if (IsAtClauseEnd(word))
            return default;

        RequirementError standsAlone = new(RequirementErrorKind.UnexpectedText, _position);
        if (IsKeyword(word, "AND"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        return GetPart(word) == RequirementPart.TokenIssuer ? ReadOptions() : standsAlone;
    }

    private RequirementError ReadOptions()
    {
        RequirementErrorKind expected = RequirementErrorKind.ExpectedRequirement;
        do
        {
            RequirementError error = ReadOption(expected);
            if (error.Kind != RequirementErrorKind.None)
                return error;

            _end = _position;
            ReadOnlySpan<char> word = PeekWord();
            if (IsAtClauseEnd(word))
                return default;
            bool and = IsKeyword(word, "AND");
            if (and)
                _position += word.Length;
            expected = and ? RequirementErrorKind.DanglingAnd : RequirementErrorKind.ExpectedOption;
        }
        while (true);
    }

    // Before something else: what can't go on the clause, that is, though it be a misspelt option, which is the statement's to refuse.
    // Not before a literal, which MySQL joins to the one before it; nor before '$' or a letter of other scripts, which make another word of a keyword.
    private readonly bool IsAtClauseEnd(ReadOnlySpan<char> word) => _position == _clause.Length
        || (isPrefix && !IsKeyword(word, "AND") && GetPart(word) == RequirementPart.None && _clause[_position] is not ('\'' or '"' or '$' or > '\x7F'));

    private RequirementError ReadOption(RequirementErrorKind expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        int wordAt = _position;
        RequirementPart part = GetPart(word);
        if (part == RequirementPart.None)
            return new(expected, wordAt);
        if ((_seen & (1 << (int)part)) != 0)
            return new(RequirementErrorKind.RepeatedOption, wordAt, part);
        if (_isPlain && part != RequirementPart.TokenIssuer)
            return new(RequirementErrorKind.UnexpectedText, wordAt);

        _seen |= 1 << (int)part;
        _position += word.Length;
        SkipWhiteSpace();
        if (_position == _clause.Length || _clause[_position] is not ('\'' or '"'))
            return new(RequirementErrorKind.ExpectedString, _position, part);

        int literal = _position;
        RequirementErrorKind kind = SqlString.Read(_clause, ref _position, out string value, out int errorIndex);
        _reachedEnd = kind == RequirementErrorKind.UnterminatedString;
        if (kind != RequirementErrorKind.None)
            return new(kind, errorIndex, part);

        RequirementError error = _options.Set(part, value);
        return error.Kind == RequirementErrorKind.None
            ? default
            : error.WithIndex(SqlString.GetIndexInClause(_clause, literal, error.Index));
    }

    private static RequirementPart GetPart(ReadOnlySpan<char> word) => IsKeyword(word, "SUBJECT") ? RequirementPart.Subject
        : IsKeyword(word, "ISSUER") ? RequirementPart.Issuer
        : IsKeyword(word, "SAN") ? RequirementPart.San
        : IsKeyword(word, "CIPHER") ? RequirementPart.Cipher
        : IsKeyword(word, "TOKEN_ISSUER") ? RequirementPart.TokenIssuer
        : RequirementPart.None;

    private ReadOnlySpan<char> PeekWord()
    {
        SkipWhiteSpace();
        int end = _position;
        while (end < _clause.Length && (char.IsAsciiLetterOrDigit(_clause[end]) || _clause[end] == '_'))
            end++;
        _reachedEnd = end == _clause.Length;
        return _clause[_position..end];
    }

    private void SkipWhiteSpace()
    {
        while (_position < _clause.Length && _clause[_position] is (' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
            _position++;
        _reachedEnd = _position == _clause.Length;
    }

    private static bool IsKeyword(ReadOnlySpan<char> word, string keyword) => Ascii.EqualsIgnoreCase(word, keyword);
}
