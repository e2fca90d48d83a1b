namespace CertAuth.Tool.Certificates;

/// <summary>A property of a certificate that can surprise an operator.</summary>
/// <param name="Kind">The stable identifier, for scripts.</param>
/// <param name="Text">A sentence for people. Text of the certificate in it is not escaped.</param>
internal sealed record CertificateWarning(string Kind, string Text);
