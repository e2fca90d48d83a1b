namespace CertAuth.Tls;

/// <summary>What is wrong with a list of cipher suites, and where.</summary>
/// <remarks>The default value means that nothing is wrong. It never holds a part of the text that was read.</remarks>
/// <param name="Kind">What is wrong.</param>
/// <param name="Index">Where in the text, in UTF-16 code units from 0: the start of the item, or the first unit over the bound.</param>
/// <param name="Suggestion">The name nearest to an unknown one, among those of suites that servers offer today: of TLS 1.3, and of TLS 1.2
/// with ECDHE and AES-GCM or ChaCha20. Null for other errors and for names over <see cref="CipherSuites.MaxNameLength"/>.</param>
public readonly record struct CipherListError(CipherListErrorKind Kind, int Index, string? Suggestion)
{
    /// <summary>A sentence for whoever wrote the list.</summary>
    public override string ToString() => (Kind, Suggestion) switch
    {
        (CipherListErrorKind.None, _) => "No error.",
        (CipherListErrorKind.EmptyList, _) => "The list of cipher suites is empty; write at least one IANA or OpenSSL name.",
        (CipherListErrorKind.EmptyItem, _) => $"No cipher suite is named at index {Index}; write exactly one ':' between two names.",
        (CipherListErrorKind.UnknownName, { } nearest) =>
            $"Unknown cipher suite at index {Index}; the nearest name of a suite in use today is {nearest}.",
        (CipherListErrorKind.UnknownName, null) => $"Unknown cipher suite at index {Index}; write its IANA or OpenSSL name.",
        (CipherListErrorKind.TooLong, _) =>
            $"The list of cipher suites is over {CipherSuites.MaxListLength} characters; name fewer, each of them once.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}

/// <summary>What can be wrong with a list of cipher suites.</summary>
public enum CipherListErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The text is empty.</summary>
    EmptyList = 1,

    /// <summary>Nothing stands before, between or after colons.</summary>
    EmptyItem = 2,

    /// <summary>An item is neither an IANA nor an OpenSSL name.</summary>
    UnknownName = 3,

    /// <summary>The text is longer than <see cref="CipherSuites.MaxListLength"/>; none of it was read.</summary>
    TooLong = 4,
}
