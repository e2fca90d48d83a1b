namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A program that logs in and queries its account.</summary>
internal interface ILoginClient
{
    /// <summary>Logs in and returns the account, such as <c>u1@%</c>, or the error as the program shows it.</summary>
    /// <param name="user">The user name.</param>
    /// <param name="certificate">The name of the certificate to present; null for none.</param>
    /// <param name="token">The token, which the program sends as a clear-text password; null for none.</param>
    /// <param name="isEncrypted">true to connect over TLS and verify the server's certificate.</param>
    Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true);

    /// <summary>Returns the text that the program shows for an error of the server.</summary>
    string Show(int number, string state, string message);
}
