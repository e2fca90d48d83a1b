namespace CertAuth.Tool.Certificates;

/// <summary>What an operator should know of a certificate.</summary>
/// <param name="Kind">A stable name, for scripts.</param>
/// <param name="Text">A sentence, for people; text of the certificate in it is not escaped.</param>
internal sealed record CertificateWarning(string Kind, string Text);
