namespace CertAuth.Tls;

/// <summary>An error in a list of cipher suites.</summary>
/// <remarks>The default value means that there is no error. No part of the text that was read occurs in an error.</remarks>
public readonly record struct CipherListError
{
    internal CipherListError(CipherListErrorKind kind, int index, string? suggestion = null) =>
        (Kind, Index, Suggestion) = (kind, index, suggestion);

    /// <summary>Gets the kind of the error.</summary>
    public CipherListErrorKind Kind { get; }

    /// <summary>Gets the position in the text, in UTF-16 code units from 0: where the item starts, or the first code unit over the
    /// maximum.</summary>
    public int Index { get; }

    /// <summary>Gets the known name that is nearest to an unknown one. Only suites that servers offer today are suggested: those of TLS 1.3
    /// without CCM, and those of TLS 1.2 with ECDHE and AES-GCM or ChaCha20. Null for other errors, and if the unknown name is longer than
    /// <see cref="CipherSuites.MaxNameLength"/>.</summary>
    public string? Suggestion { get; }

    /// <summary>Returns a sentence that states the error and how to correct it.</summary>
    public override string ToString() => (Kind, Suggestion) switch
    {
        (CipherListErrorKind.None, _) => "No error.",
        (CipherListErrorKind.EmptyList, _) => "The list of cipher suites is empty; write at least one IANA or OpenSSL name.",
        (CipherListErrorKind.EmptyItem, _) => $"A cipher suite is missing at index {Index}; write exactly one ':' between two names.",
        (CipherListErrorKind.UnknownName, { } nearest) =>
            $"The cipher suite at index {Index} is unknown; the nearest name of a suite in use today is {nearest}.",
        (CipherListErrorKind.UnknownName, null) => $"The cipher suite at index {Index} is unknown; write its IANA or OpenSSL name.",
        (CipherListErrorKind.TooLong, _) =>
            $"The list of cipher suites is longer than {TlsBounds.MaxSuiteListLength} characters; write fewer names, each only once.",
        _ => $"Error {(int)Kind} at index {Index}.",
    };
}
