using System.Text;

namespace CertAuth.Requirements;

/// <summary>Parses a REQUIRE clause.</summary>
/// <remarks>
/// <code>
/// clause      = [ "REQUIRE" ] ( plain [ [ "AND" ] token ] | alternative *( "OR" alternative ) )
/// plain       = "NONE" | "SSL" | "X509"
/// alternative = option *( [ "AND" ] option )      ; each option at most once
/// option      = keyword string | token            ; keywords: see RequirementOptionTypes
/// token       = "TOKEN_ISSUER" string
/// </code>
/// </remarks>
/// <param name="clause">The text.</param>
/// <param name="isPrefix">true if other text may follow the clause; false if the clause must be the whole text.</param>
internal ref struct ClauseParser(ReadOnlySpan<char> clause, bool isPrefix = false)
{
    private static readonly string s_tokenIssuer = RequirementPartNames.GetName(RequirementPart.TokenIssuer);

    private readonly ReadOnlySpan<char> _clause = clause;
    private readonly AlternativeList _alternatives = new();
    private List<RequirementOption> _options = [];
    private string? _tokenIssuer;
    private bool _hasTokenIssuer;
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
    internal RequirementError Parse(out RequirementParts parts)
    {
        parts = default;
        SkipKeyword("REQUIRE");
        SkipWhiteSpace();
        int start = _position;
        if (ReadPlain() is { } kind)
        {
            RequirementError plainError = ReadTokenIssuer(start);
            parts = new(kind, [], _tokenIssuer);
            return plainError;
        }

        RequirementErrorKind expected = RequirementErrorKind.ExpectedRequirement;
        do
        {
            RequirementError error = ReadAlternative(expected);
            if (error.Kind != RequirementErrorKind.None)
                return error;
            expected = RequirementErrorKind.DanglingOr;
        }
        while (SkipKeyword("OR"));
        parts = _alternatives.Build();
        return default;
    }

    private RequirementKind? ReadPlain() => SkipKeyword("NONE") ? RequirementKind.None
        : SkipKeyword("SSL") ? RequirementKind.Ssl
        : SkipKeyword("X509") ? RequirementKind.X509
        : null;

    // Servers can store a token issuer together with NONE, SSL or X509, so a clause can contain both.
    private RequirementError ReadTokenIssuer(int start)
    {
        _end = _position;
        ReadOnlySpan<char> word = PeekWord();
        if (IsAtClauseEnd(word))
            return default;
        if (IsKeyword(word, "OR"))
            return new(RequirementErrorKind.PointlessAlternative, start);

        RequirementError unexpected = new(RequirementErrorKind.UnexpectedText, _position);
        SkipKeyword("AND");
        if (!IsKeyword(PeekWord(), s_tokenIssuer))
            return unexpected;

        _isPlain = true;
        RequirementError error = ReadOptions(RequirementErrorKind.ExpectedOption);
        return error.Kind == RequirementErrorKind.None && IsKeyword(PeekWord(), "OR")
            ? new(RequirementErrorKind.PointlessAlternative, start)
            : error;
    }

    private RequirementError ReadAlternative(RequirementErrorKind expected)
    {
        SkipWhiteSpace();
        int start = _position;
        (_options, _tokenIssuer, _hasTokenIssuer) = ([], null, false);
        if (expected == RequirementErrorKind.DanglingOr && ReadPlain() is not null)
            return new(RequirementErrorKind.PointlessAlternative, start);

        RequirementError error = ReadOptions(expected);
        return error.Kind == RequirementErrorKind.None
            ? _alternatives.Add(_options, _tokenIssuer, start, isLast: !IsKeyword(PeekWord(), "OR"))
            : error;
    }

    // Reads options to the end of the clause or to the next OR.
    private RequirementError ReadOptions(RequirementErrorKind expected)
    {
        do
        {
            RequirementError error = ReadOption(expected);
            if (error.Kind != RequirementErrorKind.None)
                return error;

            _end = _position;
            ReadOnlySpan<char> word = PeekWord();
            if (IsAtClauseEnd(word) || IsKeyword(word, "OR"))
                return default;
            expected = SkipKeyword("AND") ? RequirementErrorKind.DanglingAnd : RequirementErrorKind.ExpectedOption;
        }
        while (true);
    }

    // A prefix ends before any word that is not part of the clause. The caller rejects that word if it is a misspelled option. A prefix
    // does not end before a string literal, which MySQL concatenates with the literal before it, or before '$' or a non-ASCII character,
    // which MySQL reads as part of the word before it.
    private readonly bool IsAtClauseEnd(ReadOnlySpan<char> word) => _position == _clause.Length
        || (isPrefix && !IsKeyword(word, "AND") && !IsKeyword(word, "OR") && !IsOption(word)
            && _clause[_position] is not ('\'' or '"' or '$' or > '\x7F'));

    private RequirementError ReadOption(RequirementErrorKind expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        int wordIndex = _position;
        RequirementOptionType? type = RequirementOptionTypes.Find(word);
        bool isTokenIssuer = IsKeyword(word, s_tokenIssuer);
        if (type is null && !isTokenIssuer)
        {
            bool isParenthesis = _position < _clause.Length && _clause[_position] is '(' or ')';
            return new(isParenthesis ? RequirementErrorKind.UnexpectedParenthesis : expected, wordIndex);
        }

        RequirementPart part = type?.Part ?? RequirementPart.TokenIssuer;
        if (isTokenIssuer ? _hasTokenIssuer : _options.Exists(option => option.Part == part))
            return new(RequirementErrorKind.RepeatedOption, wordIndex, part);
        if (_isPlain && !isTokenIssuer)
            return new(RequirementErrorKind.UnexpectedText, wordIndex);

        _position += word.Length;
        SkipWhiteSpace();
        if (_position == _clause.Length || _clause[_position] is not ('\'' or '"'))
            return new(RequirementErrorKind.ExpectedString, _position, part);

        int literalIndex = _position;
        RequirementErrorKind kind = SqlString.Read(_clause, ref _position, out string value, out int errorIndex);
        _reachedEnd = kind == RequirementErrorKind.UnterminatedString;
        if (kind != RequirementErrorKind.None)
            return new(kind, errorIndex, part);

        RequirementError error = type is null ? SetTokenIssuer(value) : AddOption(type, value);
        return error.Kind == RequirementErrorKind.None
            ? default
            : error.WithIndex(SqlString.GetIndexInClause(_clause, literalIndex, error.Index));
    }

    private RequirementError AddOption(RequirementOptionType type, string value)
    {
        RequirementError error = OptionValue.TryParse(type, value, out RequirementOption? option);
        if (option is not null)
            _options.Add(option);
        return error;
    }

    private RequirementError SetTokenIssuer(string value)
    {
        (_hasTokenIssuer, _tokenIssuer) = (true, OptionValue.EmptyToNull(value));
        return OptionValue.CheckTokenIssuer(value);
    }

    private static bool IsOption(ReadOnlySpan<char> word) =>
        RequirementOptionTypes.Find(word) is not null || IsKeyword(word, s_tokenIssuer);

    private bool SkipKeyword(string keyword)
    {
        ReadOnlySpan<char> word = PeekWord();
        bool isKeyword = IsKeyword(word, keyword);
        if (isKeyword)
            _position += word.Length;
        return isKeyword;
    }

    // Skips white space and returns the word that follows; empty if none follows.
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
