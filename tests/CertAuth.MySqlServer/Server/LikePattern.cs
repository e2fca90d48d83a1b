namespace CertAuth.MySqlServer.Server;

/// <summary>LIKE patterns: <c>%</c> matches any characters, <c>_</c> one, a backslash escapes the next character.
/// Case-insensitive.</summary>
/// <remarks>The time is at most proportional to the product of both lengths for every pattern.</remarks>
internal static class LikePattern
{
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, percent = -1, resume = 0;
        while (t < text.Length)
        {
            int width = p + 1 < pattern.Length && pattern[p] == '\\' ? 2 : 1;
            if (p < pattern.Length && pattern[p] == '%')
                (percent, resume) = (p++, t);
            else if (p < pattern.Length
                && (pattern[p] == '_' || char.ToUpperInvariant(pattern[p + width - 1]) == char.ToUpperInvariant(text[t])))
                (p, t) = (p + width, t + 1);
            else if (percent >= 0)
                (p, t) = (percent + 1, ++resume);
            else
                return false;
        }

        return pattern[p..].IndexOfAnyExcept('%') < 0;
    }
}
