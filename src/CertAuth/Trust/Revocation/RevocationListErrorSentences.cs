namespace CertAuth.Trust;

/// <summary>The sentences for the reasons why a revocation list cannot be used.</summary>
internal static class RevocationListErrorSentences
{
    /// <summary>Returns a complete sentence with its period.</summary>
    internal static string Get(RevocationListErrorKind kind) => kind switch
    {
        RevocationListErrorKind.None => "No error.",
        RevocationListErrorKind.NotDer => "It is not one DER-encoded revocation list of version 2 (RFC 5280, 5.1).",
        RevocationListErrorKind.NoNextUpdate => "The list has no nextUpdate (RFC 5280, 5.1.2.5).",
        RevocationListErrorKind.BadCrlNumber => "The CRL number is missing, critical or malformed (RFC 5280, 5.2.3).",
        RevocationListErrorKind.Delta => "The list is a delta list, which is not supported. Provide a complete list.",
        RevocationListErrorKind.Indirect =>
            "The list is indirect or partitioned, which is not supported. Provide a complete list of the issuer itself.",
        RevocationListErrorKind.UnknownCriticalExtension => "The list or one of its entries has an unknown critical extension.",
        RevocationListErrorKind.Repeated => "The list repeats an extension or a serial number.",
        _ => $"The error has the number {(int)kind}.",
    };
}
