namespace CertAuth.Tls;

/// <summary>Computes the Levenshtein distance of two names, to suggest a known name for an unknown one.</summary>
internal static class EditDistance
{
    /// <summary>Returns the number of characters to insert, delete or replace to turn one text into the other. ASCII case is ignored, and a
    /// hyphen equals an underscore.</summary>
    /// <remarks>The cost is the product of both lengths; the caller bounds them.</remarks>
    internal static int Compute(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        // row[j] is the distance between the first i characters of "from" and the first j characters of "to".
        int[] row = new int[to.Length + 1];
        for (int j = 0; j < row.Length; j++)
            row[j] = j;

        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.Length; j++)
            {
                int replaced = diagonal + (Fold(from[i - 1]) == Fold(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static char Fold(char c) => char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c == '_' ? '-' : c;
}
