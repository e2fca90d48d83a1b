using System.Text;

namespace CertAuth.Requirements;

/// <summary>Reads a REQUIRE clause: [ REQUIRE ] ( plain [ [ AND ] TOKEN_ISSUER string ] | option *( [ AND ] option ) );
/// plain = NONE | SSL | X509.</summary>
/// <param name="clause">The text.</param>
/// <param name="isStart">Whether something else may follow the clause.</param>
internal ref struct ClauseParser(ReadOnlySpan<char> clause, bool isStart = false)
{
    private readonly ReadOnlySpan<char> _clause = clause;
    private RequirementOptions _options;
    private int _seen;
    private int _position;
    private int _end;
    private bool _hasSeenEnd;
    private bool _isPlain;

    /// <summary>Where the clause ends, once it was read.</summary>
    internal readonly int End => _end;

    /// <summary>Whether the end of the text had a say, so that a longer text might say something else.</summary>
    internal readonly bool HasSeenEnd => _hasSeenEnd;

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
        if (IsOver(word))
            return default;

        RequirementError standsAlone = new(RequirementErrorKind.StandsAlone, _position);
        if (Is(word, "AND"))
        {
            _position += word.Length;
            word = PeekWord();
        }

        return PartOf(word) == RequirementPart.TokenIssuer ? ReadOptions() : standsAlone;
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
            if (IsOver(word))
                return default;
            bool and = Is(word, "AND");
            if (and)
                _position += word.Length;
            expected = and ? RequirementErrorKind.DanglingAnd : RequirementErrorKind.ExpectedOption;
        }
        while (true);
    }

    // Before something else: what can't go on the clause, that is, though it be a misspelt option, which is the statement's to refuse.
    // Not before a literal, which MySQL joins to the one before it; nor before '$' or a letter of other scripts, which make another word of a keyword.
    private readonly bool IsOver(ReadOnlySpan<char> word) => _position == _clause.Length
        || (isStart && !Is(word, "AND") && PartOf(word) == RequirementPart.None && _clause[_position] is not ('\'' or '"' or '$' or > '\x7F'));

    private RequirementError ReadOption(RequirementErrorKind expected)
    {
        ReadOnlySpan<char> word = PeekWord();
        int wordAt = _position;
        RequirementPart part = PartOf(word);
        if (part == RequirementPart.None)
            return new(expected, wordAt);
        if ((_seen & (1 << (int)part)) != 0)
            return new(RequirementErrorKind.RepeatedOption, wordAt, part);
        if (_isPlain && part != RequirementPart.TokenIssuer)
            return new(RequirementErrorKind.StandsAlone, wordAt);

        _seen |= 1 << (int)part;
        _position += word.Length;
        SkipWhiteSpace();
        if (_position == _clause.Length || _clause[_position] is not ('\'' or '"'))
            return new(RequirementErrorKind.ExpectedString, _position, part);

        int literal = _position;
        RequirementErrorKind kind = SqlString.TryRead(_clause, ref _position, out string value, out int errorIndex);
        _hasSeenEnd = kind == RequirementErrorKind.UnclosedString;
        if (kind != RequirementErrorKind.None)
            return new(kind, errorIndex, part);

        RequirementError error = _options.TrySet(part, value);
        return error.Kind == RequirementErrorKind.None
            ? default
            : error.At(SqlString.IndexInClause(_clause, literal, error.Index));
    }

    private static RequirementPart PartOf(ReadOnlySpan<char> word) => Is(word, "SUBJECT") ? RequirementPart.Subject
        : Is(word, "ISSUER") ? RequirementPart.Issuer
        : Is(word, "SAN") ? RequirementPart.San
        : Is(word, "CIPHER") ? RequirementPart.Cipher
        : Is(word, "TOKEN_ISSUER") ? RequirementPart.TokenIssuer
        : RequirementPart.None;

    private ReadOnlySpan<char> PeekWord()
    {
        SkipWhiteSpace();
        int end = _position;
        while (end < _clause.Length && (char.IsAsciiLetterOrDigit(_clause[end]) || _clause[end] == '_'))
            end++;
        _hasSeenEnd = end == _clause.Length;
        return _clause[_position..end];
    }

    private void SkipWhiteSpace()
    {
        while (_position < _clause.Length && _clause[_position] is (' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
            _position++;
        _hasSeenEnd = _position == _clause.Length;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => Ascii.EqualsIgnoreCase(word, keyword);
}
