namespace CertAuth;

/// <summary>The bound of texts in a log. docs/bounds.md states what happens beyond it.</summary>
internal static class VocabularyBounds
{
    /// <summary>The maximum length of a text in a log before it is escaped, in UTF-16 code units; the rest is not kept.</summary>
    // A peer chooses the text.
    internal const int MaxLogTextLength = 512;
}
