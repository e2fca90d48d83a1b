using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CertAuth.MySqlServer.Accounts;

/// <summary>Splits a file of statements into tokens: words, string literals and single characters. It skips comments and white
/// space.</summary>
internal static class SqlScanner
{
    /// <summary>Scans the tokens. The last one is the end of the text. Fails at a literal or comment that is not closed, and at a comment
    /// that servers execute.</summary>
    internal static bool TryScan(string text, [NotNullWhen(true)] out List<SqlToken>? tokens, out int errorIndex)
    {
        (tokens, errorIndex) = ([], 0);
        for (int at = SkipBlank(text, 0); at < text.Length; at = SkipBlank(text, at))
        {
            SqlToken? token = text[at] is '\'' or '"' or '`' ? ScanLiteral(text, at) : ScanWord(text, at);
            if (token is not { } found || IsOpenComment(text, at))
            {
                (tokens, errorIndex) = (null, at);
                return false;
            }

            tokens.Add(found);
            at = found.End;
        }

        tokens.Add(new(SqlTokenKind.End, text.Length, text.Length, ""));
        return true;
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            int next = SkipComment(text, at);
            if (next == at && !char.IsWhiteSpace(text[at]))
                return at;
            at = Math.Max(next, at + 1);
        }

        return at;
    }

    // "--" needs a following space (MySQL), "#" does not. Both end with the line.
    private static int SkipComment(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest[0] == '#' || (rest.StartsWith("--") && (rest.Length == 2 || char.IsWhiteSpace(rest[2]))))
        {
            int end = rest.IndexOf('\n');
            return end < 0 ? text.Length : at + end + 1;
        }

        int close = rest.StartsWith("/*") && !IsExecutable(rest[2..]) ? rest[2..].IndexOf("*/", StringComparison.Ordinal) : -1;
        return close < 0 ? at : at + close + 4;
    }

    // MySQL, MariaDB and TiDB execute the content of these comments. Skipping it could create an account with a weaker requirement.
    private static bool IsExecutable(ReadOnlySpan<char> comment) =>
        comment.StartsWith("!") || comment.StartsWith("M!") || comment.StartsWith("T!");

    private static bool IsOpenComment(string text, int at) => text.AsSpan(at).StartsWith("/*");

    private static SqlToken? ScanLiteral(string text, int start)
    {
        char quote = text[start];
        StringBuilder value = new();
        for (int at = start + 1; at < text.Length; at++)
        {
            char c = text[at];
            if (c == quote && (at + 1 == text.Length || text[at + 1] != quote))
                return new(SqlTokenKind.Literal, start, at + 1, value.ToString());

            // A doubled quote is one quote. A backslash escapes the next character, except between backticks. \% and \_ remain two
            // characters.
            bool escapes = c == '\\' && quote != '`';
            if (c == quote || escapes)
                at++;
            if (escapes && at < text.Length && text[at] is ('%' or '_'))
                value.Append(c);
            if (at < text.Length)
                value.Append(escapes ? Unescape(text[at]) : c);
        }

        return null;
    }

    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'b' => '\b',
        'Z' => '\x1A',
        _ => c,
    };

    private static SqlToken ScanWord(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '$'))
            end++;
        return end == start
            ? new(SqlTokenKind.Symbol, start, start + 1, text[start].ToString())
            : new(SqlTokenKind.Word, start, end, text[start..end]);
    }
}
