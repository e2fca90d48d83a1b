namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>A defect of a token or of its transport.</summary>
public enum TokenDefect
{
    None = 0,
    OtherSubject = 1,
    OtherEmail = 2,
    OtherIssuer = 3,
    Expired = 4,
    IssuedTooLongAgo = 5,
    OtherKeyId = 6,
    OtherKeySameId = 7,
    WithoutTls = 8,
}
