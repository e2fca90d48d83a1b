namespace CertAuth.Tls;

/// <summary>The bounds of names of cipher suites. docs/bounds.md states what happens beyond each.</summary>
internal static class TlsBounds
{
    /// <summary>The maximum length of the name of a cipher suite, in UTF-16 code units.</summary>
    // The longest known name has 45.
    internal const int MaxSuiteNameLength = 64;

    /// <summary>The maximum length of a list of cipher suites, in UTF-16 code units.</summary>
    // A list of the IANA names of all known suites is shorter.
    internal const int MaxSuiteListLength = 16_384;
}
