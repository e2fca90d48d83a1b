namespace CertAuth.Tests.Names;

/// <summary>One attribute: text, or the hex of the DER of a value that is not text.</summary>
internal sealed record ReferenceAttribute(string Oid, string? Text, string? Der);
