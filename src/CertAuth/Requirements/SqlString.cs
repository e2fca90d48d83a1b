using System.Text;

namespace CertAuth.Requirements;

/// <summary>Reads and writes MySQL string literals. A literal is enclosed in single or double quotes. In it, a doubled quote is one quote,
/// and a backslash begins an escape.</summary>
internal static class SqlString
{
    /// <summary>Reads the literal that begins at <paramref name="position"/> and moves the position to its end.</summary>
    internal static RequirementErrorKind Read(ReadOnlySpan<char> clause, ref int position, out string value, out int errorIndex)
    {
        char quote = clause[position];
        StringBuilder text = new();
        value = "";
        for (int i = position + 1; i < clause.Length; i += GetStep(clause, i, quote))
        {
            errorIndex = i;
            if (IsEnd(clause, i, quote))
            {
                value = text.ToString();
                position = i + 1;
                return RequirementErrorKind.None;
            }

            if (clause[i] != '\\')
                text.Append(clause[i]);
            else if (i + 1 == clause.Length)
                break;
            else if (Unescape(clause[i + 1]) is { } unescaped)
                text.Append(unescaped);
            else
                return RequirementErrorKind.BadStringEscape;
        }

        errorIndex = position;
        return RequirementErrorKind.UnterminatedString;
    }

    /// <summary>Returns the index in the clause of the character of the value at <paramref name="valueIndex"/>. The literal, which begins
    /// at <paramref name="literalIndex"/>, must be well-formed.</summary>
    internal static int GetIndexInClause(ReadOnlySpan<char> clause, int literalIndex, int valueIndex)
    {
        int index = literalIndex + 1;
        for (int read = 0; read < valueIndex && !IsEnd(clause, index, clause[literalIndex]);)
        {
            // The value of \% and of \_ includes the backslash.
            bool isTwoCharacters = clause[index] == '\\' && clause[index + 1] is ('%' or '_');
            if (isTwoCharacters && read + 1 == valueIndex)
                return index + 1;
            read += isTwoCharacters ? 2 : 1;
            index += GetStep(clause, index, clause[literalIndex]);
        }

        return index;
    }

    /// <summary>Returns a literal that MySQL, MariaDB and TiDB read as this value, unless their SQL mode has
    /// NO_BACKSLASH_ESCAPES.</summary>
    internal static string Quote(string value)
    {
        StringBuilder text = new("'", value.Length + 8);
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\'' => text.Append("''"),
                '\0' => text.Append("\\0"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\u001A' => text.Append("\\Z"),
                _ => text.Append(c),
            };
        }

        return text.Append('\'').ToString();
    }

    private static string? Unescape(char escape) => escape switch
    {
        '0' => "\0",
        '\'' => "'",
        '"' => "\"",
        'b' => "\b",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'Z' => "\u001A",
        '\\' => "\\",
        '%' => "\\%",
        '_' => "\\_",
        _ => null,
    };

    private static bool IsEnd(ReadOnlySpan<char> clause, int index, char quote) =>
        clause[index] == quote && (index + 1 == clause.Length || clause[index + 1] != quote);

    private static int GetStep(ReadOnlySpan<char> clause, int index, char quote) => clause[index] == '\\' || clause[index] == quote ? 2 : 1;
}
