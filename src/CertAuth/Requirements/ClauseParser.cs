using System.Text;

namespace CertAuth.Requirements;

/// <summary>Parses a REQUIRE clause.</summary>
/// <remarks>
/// <code>
/// clause = [ "REQUIRE" ] ( plain [ [ "AND" ] "TOKEN_ISSUER" string ] | option *( [ "AND" ] option ) )
/// plain  = "NONE" | "SSL" | "X509"
/// option = ( "CIPHER" | "ISSUER" | "SUBJECT" | "SAN" | "TOKEN_ISSUER" ) string
/// </code>
/// </remarks>
/// <param name="clause">The text.</param>
/// <param name="isPrefix">true if other text may follow the clause; false if the clause must be the whole text.</param>
internal ref struct ClauseParser(ReadOnlySpan<char> clause, bool isPrefix = false)
{
    private readonly ReadOnlySpan<char> _clause = clause;
    private RequirementOptions _options;
    private int _seenOptions;
    private int _position;
    private int _end;
    private bool _reachedEnd;
    private bool _isPlain;

    /// <summary>Gets the index of the end of the clause, after a successful call of <see cref="Parse"/>.</summary>
    internal readonly int End => _end;

    /// <summary>Gets a value that indicates whether the parser read to the end of the text. More text could then change the
    /// result.</summary>
    internal readonly bool ReachedEnd => _reachedEnd;

    /// <summary>Parses the clause. Returns the first error; no error if the clause is well-formed.</summary>
    internal RequirementError Parse(out RequirementKind kind, out RequirementOptions options)
    {
        ReadOnlySpan<char> word = PeekWord();
        if (IsKeyword(word, "REQUIRE"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        RequirementKind? plain = IsKeyword(word, "NONE") ? RequirementKind.None
            : IsKeyword(word, "SSL") ? RequirementKind.Ssl
            : IsKeyword(word, "X509") ? RequirementKind.X509
            : null;
        _isPlain = plain is not null;
        RequirementError error = _isPlain ? ReadTokenIssuer(word.Length) : ReadOptions();
        (kind, options) = (plain ?? _options.Kind, _options);
        return error;
    }

    // Servers can store a token issuer together with NONE, SSL or X509, so a clause can contain both.
    private RequirementError ReadTokenIssuer(int keywordLength)
    {
        _position += keywordLength;
        _end = _position;
        ReadOnlySpan<char> word = PeekWord();
        if (IsAtClauseEnd(word))
            return default;

        RequirementError unexpected = new(RequirementErrorKind.UnexpectedText, _position);
        if (IsKeyword(word, "AND"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        return GetPart(word) == RequirementPart.TokenIssuer ? ReadOptions() : unexpected;
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
            bool isAnd = IsKeyword(word, "AND");
            if (isAnd)
                _position += word.Length;
            expected = isAnd ? RequirementErrorKind.DanglingAnd : RequirementErrorKind.ExpectedOption;
        }
        while (true);
    }

    // A prefix ends before any word that is not part of the clause. The caller rejects that word if it is a misspelled option. A prefix
    // does not end before a string literal, which MySQL concatenates with the literal before it, or before '$' or a non-ASCII character,
    // which MySQL reads as part of the word before it.
    private readonly bool IsAtClauseEnd(ReadOnlySpan<char> word) => _position == _clause.Length
        || (isPrefix && !IsKeyword(word, "AND") && GetPart(word) == RequirementPart.None
            && _clause[_position] is not ('\'' or '"' or '$' or > '\x7F'));

    private RequirementError ReadOption(RequirementErrorKind expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        int wordIndex = _position;
        RequirementPart part = GetPart(word);
        if (part == RequirementPart.None)
            return new(expected, wordIndex);
        if ((_seenOptions & (1 << (int)part)) != 0)
            return new(RequirementErrorKind.RepeatedOption, wordIndex, part);
        if (_isPlain && part != RequirementPart.TokenIssuer)
            return new(RequirementErrorKind.UnexpectedText, wordIndex);

        _seenOptions |= 1 << (int)part;
        _position += word.Length;
        SkipWhiteSpace();
        if (_position == _clause.Length || _clause[_position] is not ('\'' or '"'))
            return new(RequirementErrorKind.ExpectedString, _position, part);

        int literalIndex = _position;
        RequirementErrorKind kind = SqlString.Read(_clause, ref _position, out string value, out int errorIndex);
        _reachedEnd = kind == RequirementErrorKind.UnterminatedString;
        if (kind != RequirementErrorKind.None)
            return new(kind, errorIndex, part);

        RequirementError error = _options.Set(part, value);
        return error.Kind == RequirementErrorKind.None
            ? default
            : error.WithIndex(SqlString.GetIndexInClause(_clause, literalIndex, error.Index));
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
