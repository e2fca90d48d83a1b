using System.Text;

namespace CertAuth.Requirements;

/// <summary>MySQL string literals: single or double quotes, a doubled quote for one, backslash escapes.</summary>
internal static class SqlString
{
    /// <summary>Reads the literal that begins at <paramref name="position"/> and moves behind it.</summary>
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

    /// <summary>Where a character of the value stands in the clause. The literal must be one that was read.</summary>
    internal static int GetIndexInClause(ReadOnlySpan<char> clause, int literal, int valueIndex)
    {
        int index = literal + 1;
        for (int passed = 0; passed < valueIndex && !IsEnd(clause, index, clause[literal]);)
        {
            // \% and \_ stay two characters.
            bool staysTwo = clause[index] == '\\' && clause[index + 1] is ('%' or '_');
            if (staysTwo && passed + 1 == valueIndex)
                return index + 1;
            passed += staysTwo ? 2 : 1;
            index += GetStep(clause, index, clause[literal]);
        }

        return index;
    }

    /// <summary>Writes a literal that every server reads back, NO_BACKSLASH_ESCAPES aside.</summary>
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
