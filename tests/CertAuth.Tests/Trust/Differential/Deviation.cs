namespace CertAuth.Tests.Trust.Differential;

/// <summary>One property in which one certificate of a chain deviates from a plain one.</summary>
/// <param name="Position">The position of the certificate: 0 for the root; the leaf is last.</param>
/// <param name="What">A word, or a kind and a value separated by a colon.</param>
internal sealed record Deviation(int Position, string What)
{
    /// <summary>Returns the deviation for a class of disagreements: a constraint without its value.</summary>
    internal string ToClass() =>
        What.StartsWith("permit:", StringComparison.Ordinal) || What.StartsWith("exclude:", StringComparison.Ordinal)
            ? string.Join(':', What.Split(':')[..2])
            : What;
}
